//! Three versions of a text: how they are compared, and what becomes of two changes.

use serde_json::json;

use crate::page::Page;

/// In one browser, since none of it shows anything.
#[tokio::test]
async fn merges() {
    let page = Page::open().await;
    changes_of_both_are_in_the_merge(&page).await;
    no_word_is_lost(&page).await;
    long_texts_are_compared(&page).await;
    page.close().await;
}

async fn changes_of_both_are_in_the_merge(page: &Page) {
    #[rustfmt::skip]
    let table = [
        // before, theirs, mine, merged
        ("a b c d e f g h", "a X c d e f g h",     "a b c d e f Y h",   "a X c d e f Y h"),
        ("a b c d e f g h", "a c d e f g h",       "a b c d e f g h i", "a c d e f g h i"),
        ("a b c d",         "a b c d",             "a b Y d",           "a b Y d"),
        ("a b c d",         "a b X d",             "a b c d",           "a b X d"),
        ("a b c d",         "a b X d",             "a b X d",           "a b X d"),
        // The same word: theirs, then mine.
        ("a b c d",         "a b X d",             "a b Y d",           "a b X Y d"),
        // Of a word that one has taken out and the other has changed, the change stays.
        ("a b c d e",       "a b d e",             "a b Y d e",         "a b Y d e"),
        ("",                "theirs",              "mine",              "theirs mine"),
        ("a",               "",                    "a",                 ""),
        ("one\ntwo\nthree\nfour\nfive", "ONE\ntwo\nthree\nfour\nfive", "one\ntwo\nthree\nfour\nFIVE", "ONE\ntwo\nthree\nfour\nFIVE"),
    ];
    let script = "const { mergedText } = await import('/page/merge.js'); return mergedText(...args)";
    for (before, theirs, mine, merged) in table {
        let arguments = vec![json!(before), json!(theirs), json!(mine)];
        assert_eq!(page.browser.run(script, arguments).await, merged, "{before:?}, {theirs:?}, {mine:?}");
    }
}

/// Of texts of random words, the same ones in every run: a comparison gives back both, and a merge has every new word of both.
const LAWS: &str = include_str!("laws.js");

async fn no_word_is_lost(page: &Page) {
    assert_eq!(page.browser.run(LAWS, vec![]).await, json!([]));
}

/// The longest text that the server takes, rewritten from one end to the other, is compared before anybody waits.
async fn long_texts_are_compared(page: &Page) {
    let script = "const { mergedText, pieces } = await import('/page/merge.js');\
                  const text = (word) => Array.from({ length: 20000 }, (_, at) => `${word}${at % 100}`).join(' ');\
                  const [before, after] = [text('a'), text('b')];\
                  return [pieces(before, after).length, mergedText(before, after, before) === after]";
    assert_eq!(page.browser.run(script, vec![]).await, json!([2, true]));
}
