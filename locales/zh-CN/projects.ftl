role-gtm-lead = GTM 负责人
role-liaison = 联络人
role-member = 部门成员
role-committee = 委员会成员
role-chair = 委员会主席
role-adviser = 顾问
role-viewer = 查看者
