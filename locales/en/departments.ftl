departments-code-wrong = Use 2 to 8 capital letters and digits, beginning with a letter
departments-name-wrong = Write a name of at most 80 characters
departments-short-en-wrong = Use one to three letters, usually two
departments-short-zh-wrong = Use one or two characters, usually one
departments-colour-wrong = Choose a colour
departments-head-wrong = Choose somebody who works here, or nobody
