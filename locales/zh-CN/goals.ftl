# 产品策略、目标、关键结果、分解与数据。

goals-amount-named = { $amount } { $unit }
goals-amount-too-fine = 最多保留 { $decimals } 位小数
goals-amount-too-large = 数值过大
goals-amount-whole = 请填写整数
goals-amount-wrong = 请填写数字，例如 1,250
goals-paste-figure = “{ $text }”：{ $why }
goals-paste-line = 第 { $line } 行：{ $why }
goals-paste-no-base = “{ $text }”需要分子和分母，例如 12/60
goals-paste-no-department = 没有名为“{ $name }”的部门
goals-paste-other-month = “{ $text }”不是分解范围内的月份
goals-paste-too-many = 有 { $found } 个数值，但分解只有 { $months } 个月
goals-paste-twice = “{ $name }”重复出现
