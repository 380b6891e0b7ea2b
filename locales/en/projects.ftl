role-gtm-lead = GTM lead
role-liaison = Liaison
role-member = Team member
role-committee = Committee member
role-chair = Committee chair
role-adviser = Adviser
role-viewer = Viewer
