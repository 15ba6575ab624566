// A resource as http.ServeContent serves it: /?tag="v1"&modified=<nanoseconds since 1970>
package main

import (
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

func main() {
	http.HandleFunc("/", func(response http.ResponseWriter, request *http.Request) {
		query := request.URL.Query()
		if query.Has("tag") {
			response.Header().Set("ETag", query.Get("tag"))
		}
		var modified time.Time
		if nanoseconds, err := strconv.ParseInt(query.Get("modified"), 10, 64); err == nil {
			modified = time.Unix(0, nanoseconds)
		}
		response.Header().Set("Content-Type", "text/plain")
		http.ServeContent(response, request, "", modified, strings.NewReader("abcdefghijklmnopqrstuvwxyz"))
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[1], nil))
}
