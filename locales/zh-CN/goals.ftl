# 产品策略、目标、关键结果、分解与数据。

goals-amount-named = { $amount } { $unit }
goals-amount-too-fine = 最多保留 { $decimals } 位小数
goals-amount-too-large = 数值过大
goals-amount-whole = 请填写整数
goals-amount-wrong = 请填写数字，例如 1,250
