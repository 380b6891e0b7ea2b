departments-code-wrong = 请使用 2 至 8 个大写字母或数字，以字母开头
departments-name-wrong = 请填写名称，最多 80 个字符
departments-short-en-wrong = 请使用 1 至 3 个字母，通常为两个
departments-short-zh-wrong = 请使用 1 至 2 个字，通常为一个
departments-colour-wrong = 请选择颜色
departments-head-wrong = 请选择在职同事，或留空
