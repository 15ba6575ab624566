//! What the page may not do, whatever somebody gets into it.

use serde_json::json;

use crate::page::Page;

#[tokio::test]
async fn no_script_of_others_is_run() {
    let page = Page::open().await;
    // As text it is harmless.
    let title = "<img src=x onerror=\"window.isRun = true\"><script>window.isRun = true</script>";
    page.fill("Ada", "title", title).await;
    page.press("Ada", ".primary").await;
    page.fill("Ben", "title", "Mine").await;
    page.press("Ben", ".primary").await;
    assert!(page.field("Ben", "title").await.theirs.ends_with(title));
    assert_eq!(page.browser.complaints().await, [] as [String; 0]);

    // And what is no text is not run, which the browser complains of.
    let script = "const script = document.createElement('script');\
                  try { script.text = 'window.isRun = true' } catch {} document.body.append(script);\
                  const picture = new Image(); picture.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='; \
                  document.body.append(picture); let markup = 'was taken';\
                  try { document.body.innerHTML = '<p>' } catch { markup = 'was refused' }\
                  return [window.isRun ?? 'not run', markup]";
    assert_eq!(page.browser.run(script, vec![]).await, json!(["not run", "was refused"]));
    let complaints = page.browser.complaints().await;
    assert!(complaints.iter().any(|complaint| complaint.contains("Content Security Policy")), "{complaints:?}");
    page.close().await;
}
