package main

import (
	"fmt"
	"net/http"
)

const notionToken = "@ACCESS_TOKEN@"

func main() {
	request, err := http.NewRequest(http.MethodGet, "https://api.notion.com/v1/users/me", nil)
	if err != nil {
		panic(err)
	}
	request.Header.Set("Authorization", "Bearer "+notionToken)
	request.Header.Set("Notion-Version", "2022-06-28")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	fmt.Println(response.Status)
}
