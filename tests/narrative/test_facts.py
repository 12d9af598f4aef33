"""What numbers count: a sentence of each way of saying it."""

from __future__ import annotations

import pytest

from tests.narrative.texts import facts

CASES = [
    # the thing before the number, behind it, in the clause before
    ("局门户网站发布信息1280条。", ["website-items 1280条"]),
    ("全年公开1280条各类政府信息。", ["website-items 1280条"]),
    ("同步公布政策解读，共31篇。", ["policy-interpretations 31篇"]),
    ("举办2期政务公开培训班，86人参加。", ["trainings 2期", "training-participants 86人"]),
    ("印发通报3期，开展网站自查4次。", ["inspections 3期", "inspections 4次"]),
    # channels
    (
        "微信公众号推送信息310条，微博95条，抖音号发布短视频12条。",
        ["newmedia-posts 310条 @微信公众号", "newmedia-posts 95条 @微博", "newmedia-posts 12条 @抖音"],
    ),
    (
        "“柳汀档案”微信公众号推文88篇，关注人数超2.3万人，阅读量15万余次。",
        [
            "newmedia-posts 88篇 @微信公众号",
            "followers over=23000人 @微信公众号",
            "newmedia-views over=150000次 @微信公众号",
        ],
    ),
    ("在省级媒体刊发稿件17篇。", ["media-reports 17篇"]),
    ("通过县信用信息共享平台公示信息66条。", ["website-items 66条 @县信用信息共享平台"]),
    (
        "12345热线受理诉求4120件，接通率98.5%。",
        ["hotline-calls 4120件 @12345", "hotline-answer-rate 98.5% @12345"],
    ),
    # by how much a share rose is no share; to what it rose is one
    ("热线接通率提升20%。", []),
    ("按时办结率提升了20%。", []),
    ("热线接通率提升至98%。", ["hotline-answer-rate 98% @热线"]),
    ("局长信箱收到来信41封，办理网民留言25条。", ["mailbox-letters 41封", "public-messages 25条"]),
    # the name of an account says nothing, new media as such is none beside others
    ("“柳汀政府网”微信公众号推送信息75条。", ["newmedia-posts 75条 @微信公众号"]),
    (
        "办好政务新媒体，“柳汀档案”微信订阅号推文20条，累计阅读量4万次。",
        ["newmedia-posts 20条 @微信订阅号", "newmedia-views 40000次 @微信订阅号"],
    ),
    (
        "微信公众号发布信息40条，柳汀报发布8条，回复群众留言11件。",
        ["newmedia-posts 40条 @微信公众号", "media-reports 8条 @柳汀报", "public-messages 11件"],
    ),
    # words that end like the name of a newspaper
    ("网站年报发布1篇。", ["website-items 1篇"]),
    ("情报发布3条。", ["website-items 3条"]),
    ("各下属单位至少明确信息员3名。", []),
    ("汇报发布会筹备情况2次，报县政府公布文件3件。", ["policy-documents 3件"]),
    ("网络转载消息近7万篇。", ["media-reports under=70000篇"]),
    ("办理鹭鸣平台转办事项37件，镇党政办交办件4件。", ["public-messages 37件 @鹭鸣平台"]),
    # a column of the website, a remark in brackets, proposals among the items published
    (
        "通过馆网站发布信息200条，其中档案知识栏上传文章90条，馆务动态栏更新消息40条。",
        ["website-items 200条", "website-items 90条 !", "website-items 40条 !"],
    ),
    (
        "区政府网站采用信息46条。此外，省级（含省级）以上广播电台播发稿件6条，视频号发布视频11条。",
        ["website-items 46条", "media-reports 6条", "newmedia-posts 11条 @视频号"],
    ),
    (
        "门户网站公开信息108条，其中，文件83条，建议提案办理结果6条，人事信息12条。",
        ["website-items 108条", "policy-documents 83条 !", "proposals-handled 6条 !", "website-items 12条 !"],
    ),
    (
        "公开信息90条，其中渔业专栏50条；视频号发布短视频30条。",
        ["website-items 90条", "website-items 50条 !", "newmedia-posts 30条 @视频号"],
    ),
    (
        "微信订阅号推文27篇，村务公开平台上传信息35条，微博抖音等媒体发布88条。",
        ["newmedia-posts 27篇 @微信订阅号", "website-items 35条", "newmedia-posts 88条 @微博、抖音"],
    ),
    (
        "公开行政处罚决定书34份、渔政文件7项等，公开公共服务事项18项，行政检查文件41件。",
        ["website-items 34份", "policy-documents 7项", "policy-documents 41件"],
    ),
    (
        "微信订阅号推送310期1246条。",
        ["newmedia-posts 310期 @微信订阅号", "newmedia-posts 1246条 @微信订阅号"],
    ),
    ("就停车收费举行听证会1次。", []),
    # what is told of each time or each unit, periodicals, what only has a number
    ("每月公布渔船检验预约、检验结果及证书领取信息两条。", []),
    ("各渔港最少有两名人员管理信息公开。", []),
    ("编发《档案信息》47期，编印《柳汀政报》12期。", ["gazette-issues 12期"]),
    ("公开渔船登记、灯塔巡检等6项行政权力事项的清单。", []),
    ("跟拍文艺汇演30余场，清退失效档案9件。", []),
    # sums over outlets of different kinds, boards, tables restated, other lines of business
    (
        "通过网站公开信息50条，通过微信公众号发布信息30条，共公开信息80条。",
        ["website-items 50条", "newmedia-posts 30条 @微信公众号"],
    ),
    (
        "在各类渠道公开信息70次，其中在政府网站公开信息40条、在微信公众号公开信息30条。",
        ["website-items 40条 !", "newmedia-posts 30条 ! @微信公众号"],
    ),
    ("通过网站、微信公众号和微博发布信息900条。", []),
    (
        "公开信息90条，其中网站50条；微信公众号30条；公开栏10条。",
        ["website-items 50条 !", "newmedia-posts 30条 ! @微信公众号"],
    ),
    ("在社区公开栏张贴公告40张。", []),
    ("制发行政规范性文件3件，作出行政处罚12件。", []),
    ("新增就业1200人，受理许可申请530件。", []),
    # requests
    (
        "依申请公开方面，新收申请14件，上年结转1件，办结13件，结转下年度2件。",
        [
            "applications-received 14件",
            "applications-carried-over 1件",
            "applications-handled 13件",
            "applications-carried-over 2件",
        ],
    ),
    ("全年接收及办理依申请公开16件。", ["applications-received 16件", "applications-handled 16件"]),
    (
        "收到政府信息公开申请8件，其中予以公开5件、部分公开1件、不予公开1件、无法提供1件、不予处理0件。",
        [
            "applications-received 8件",
            "applications-granted 5件 !",
            "applications-partly-granted 1件 !",
            "applications-refused 1件 !",
            "applications-not-provided 1件 !",
        ],
    ),
    (
        "接到政府信息公开申请20件，其中法律服务机构申请18件，信函申请2件。",
        ["applications-received 20件", "applications-received 18件 !", "applications-received 2件 ! @信函"],
    ),
    (
        "全县收办政府信息公开申请30件（县政府12件、各镇18件）。",
        ["applications-handled 30件", "applications-handled 12件 !", "applications-handled 18件 !"],
    ),
    ("政府信息公开行政复议、行政诉讼均为0件。", ["reconsiderations 0件", "litigations 0件"]),
    (
        "政府信息公开行政复议4件、行政诉讼0件，其中3件维持，1件尚未审结。",
        ["reconsiderations 4件", "litigations 0件", "reconsiderations 3件 !", "reconsiderations 1件 !"],
    ),
    ("依申请公开方面，收到申请数量为0。", ["applications-received 0"]),
    # a bare application that opens a paragraph is one for information, unless something else is named
    ("2023年，新收申请28件。", ["applications-received 28件"]),
    ("柳汀县档案局\n全年新收申请28件。", ["applications-received 28件"]),
    ("我局收到申请二十八件。", ["applications-received 28件"]),
    (
        "推进移交进馆。\n全年受理申请28件，办结26件，结转2件。",
        ["applications-received 28件", "applications-handled 26件", "applications-carried-over 2件"],
    ),
    ("全年收到许可申请28件。", []),
    ("职称评定方面收到申请28件。", []),
    ("推进职称评定。全年收到申请28件。", []),
    ("（二）职称评定情况\n全年受理申请28件。", []),
    ("当年收并办结依申请公开件0", ["applications-received 0", "applications-handled 0"]),
    ("我馆由窗口、传真收到8条依申请公开请求。", ["applications-received 8条"]),
    (
        "收到依申请公开件27封，均已答复办结，未对政府信息公开申请收取任何费用。",
        ["applications-received 27封"],
    ),
    (
        "办理信息公开申请21件，答复本机关不掌握相关政府信息5件。",
        ["applications-handled 21件", "applications-not-provided 5件 !"],
    ),
    (
        "依申请公开方面，受理申请14件（另3件结转次年），上年转结申请1件。",
        [
            "applications-received 14件",
            "applications-carried-over 3件",
            "applications-carried-over 1件",
        ],
    ),
    (
        "依申请公开方面，结转下一年5件（收费情况见第六部分），办结28件（其中上年结转4件）。"
        "从提交方式看，网络申请20件，当面申请4件。",
        [
            "applications-carried-over 5件",
            "applications-handled 28件",
            "applications-carried-over 4件 !",
            "applications-received 20件 ! @网络",
            "applications-received 4件 ! @当面",
        ],
    ),
    (
        "新收信息公开申请11件，4件为科研机构申请，7件为自然人申请。",
        ["applications-received 11件", "applications-received 4件 !", "applications-received 7件 !"],
    ),
    (
        "受理申请公开件13件，部分公开与予以公开8件。",
        ["applications-received 13件", "applications-granted 8件 !"],
    ),
    (
        "依申请公开方面，上年结转之外新收申请23件，其中在线申请17件，传真申请6件。",
        [
            "applications-received 23件",
            "applications-received 17件 ! @在线",
            "applications-received 6件 ! @传真",
        ],
    ),
    ("公布政协提案、人大建议答复函31件。", ["proposals-handled 31件"]),
    ("解答群众关切问题75个。", ["public-messages 75个"]),
    ("及时解读档案政策信息19条。", ["policy-interpretations 19条"]),
    ("馆长办公会听取工作汇报、安排下步任务3次。", ["meetings 3次"]),
    ("用心打磨一批讲解佳作。", []),
    ("依申请公开基本在10个工作日内答复。", ["response-days within=10个工作日"]),
    # change, other years, bounds
    ("热线接通率由92.1%升至98.4%。", ["hotline-answer-rate 98.4% @热线 <92.1"]),
    ("收到依申请公开22件，比2022年（31件）下降29%。", ["applications-received 22件 <31"]),
    ("政务公开培训4次，较上年增加1次。", ["trainings 4次"]),
    ("发放宣传资料近5000份。", ["materials-distributed under=5000份"]),
    ("政务新媒体由去年底的40个整合至25个。", ["newmedia-accounts 25个 <40"]),
    # lists of parts that add up, and what comes behind them
    (
        "网站公开信息30条，比上年增加7条，包括动态20条、公示10条；微信公众号推送信息88条。",
        [
            "website-items 30条",
            "website-items 20条 !",
            "website-items 10条 !",
            "newmedia-posts 88条 @微信公众号",
        ],
    ),
    (
        "公开信息9千条，其中网站公开40条（机关本部25条、镇街15条），政务新媒体公开60条。",
        [
            "website-items 40条 !",
            "website-items 25条 !",
            "website-items 15条 !",
            "newmedia-posts 60条 ! @政务新媒体",
        ],
    ),
    (
        "网站公开信息50条，其中行政处罚类30条、动态15条。",
        ["website-items 50条", "website-items 30条 !", "website-items 15条 !"],
    ),
    (
        "依申请公开方面，收到申请5件（网上申请三件、邮寄申请二件）。",
        [
            "applications-received 5件",
            "applications-received 3件 ! @网上",
            "applications-received 2件 ! @邮寄",
        ],
    ),
    ("对6个政策文件进行了解读。", ["policy-interpretations 6个"]),
    # channels end with their sentence or half of it
    (
        "微信公众号推送信息9条。开设专栏2个，发布公示信息40条。",
        ["newmedia-posts 9条 @微信公众号", "columns 2个", "website-items 40条"],
    ),
    (
        "公众号推文36篇；抖音号发布短视频7条，播放总量2万次。",
        ["newmedia-posts 36篇 @公众号", "newmedia-posts 7条 @抖音", "newmedia-views 20000次 @抖音"],
    ),
    ("12345、12315热线受理工单50件。", ["hotline-calls 50件 @12345、12315"]),
    ("“网络问政”平台回复问题17个。", ["public-messages 17个 @网络问政"]),
    (
        "馆微博、网站共回复51件，鹭鸣平台13件，答复率100%。",
        ["public-messages 51件 @微博", "public-messages 13件 @鹭鸣平台"],
    ),
    # measure words with another in brackets
    ("媒体刊播新闻34篇（次）。", ["media-reports 34篇（次）"]),
    (
        "书记信箱转办件23件，12348热线接受咨询60人次。",
        ["mailbox-letters 23件", "hotline-calls 60人次 @12348"],
    ),
    ("在“信用宁原”网站公示行政处罚信息32条。", ["website-items 32条 @“信用宁原”网站"]),
    # a list ends where another outlet begins that its total is not of
    (
        "门户网站公开信息689条，其中执法类238条；通过微信公众号、微博发布信息45条。",
        ["website-items 689条", "website-items 238条 !", "newmedia-posts 45条 @微信公众号、微博"],
    ),
    # requests
    (
        "收到依申请公开来件18件，按时答复率100%，其中：予以公开6件，未收取费用。",
        ["applications-received 18件", "on-time-rate 100%", "applications-granted 6件 !"],
    ),
    (
        "收到政府信息公开申请9件，通过网络提出6件，当面提出3件。",
        [
            "applications-received 9件",
            "applications-received 6件 ! @网络",
            "applications-received 3件 ! @当面",
        ],
    ),
    ("制发公文90份，其中主动公开61份、依申请公开12份、不予公开17份。", ["policy-documents 61份"]),
    # powers without a digit
    (
        "网站发布信息百余条，发放宣传单近千份。",
        ["website-items over=100条", "materials-distributed under=1000份"],
    ),
    ("网站访问量突破百万人次。", ["website-visits over=1000000人次"]),
    ("抖音播放量10万+。", ["newmedia-views over=100000 @抖音"]),
    ("网站发布信息数百条，参与群众上千人次。", []),
    # kinds and forms
    (
        "12328热线接听咨询投诉90件，其中咨询类60件，建议类30件。",
        ["hotline-calls 90件 @12328", "hotline-calls 60件 ! @12328", "hotline-calls 30件 ! @12328"],
    ),
    (
        "制作政策图解15张、动漫视频3个。",
        ["policy-interpretations 15张 ~图解", "policy-interpretations 3个 ~动漫视频"],
    ),
    (
        "现有账号9个，其中微信公众号5个、抖音4个。",
        ["newmedia-accounts 9个", "newmedia-accounts 5个 !", "newmedia-accounts 4个 !"],
    ),
    # shares told respectively
    (
        "12345热线受理诉求50件，回复率、满意率分别为100%和98.4%。",
        ["hotline-calls 50件 @12345", "satisfaction-rate 98.4% @12345"],
    ),
    # media, staff, meetings, interviews
    ("被区级以上媒体采用稿件71篇，省级11篇。", ["media-reports 71篇", "media-reports 11篇"]),
    ("政务公开工作由党政办2人具体负责。", ["staff 2人"]),
    ("常务会议2次听取政务公开工作汇报。", ["meetings 2次"]),
    ("主任做客市广播电台《行风》1次。", ["interviews 1次"]),
    # requests behind days, and what is left over
    (
        "收到依申请公开12件，办结10件，平均用时9.6个工作日，其余2件转入2032年办理。",
        [
            "applications-received 12件",
            "applications-handled 10件",
            "response-days 9.6个工作日",
            "applications-carried-over 2件",
        ],
    ),
    ("供水服务热线96116受理来电41个。", ["hotline-calls 41个 @96116"]),
    (
        "微信、抖音粉丝量分别为8.2万、15.7万。",
        ["followers 82000 @微信", "followers 157000 @抖音"],
    ),
    # letters that applicants withdrew, applicants, ways of applying and of answering
    (
        "接到依申请公开件18封，其中，6封写信人自愿撤回申请，12封均已办结。",
        ["applications-received 18封", "applications-withdrawn 6封 !", "applications-handled 12封 !"],
    ),
    (
        "收到政府信息公开申请7件，5件为传真申请，2件为网络申请；申请人为法人的1件，自然人的6件。其中3件已当面答复。",
        [
            "applications-received 7件",
            "applications-received 5件 ! @传真",
            "applications-received 2件 ! @网络",
            "applications-received 1件 !",
            "applications-received 6件 !",
            "applications-handled 3件 !",
        ],
    ),
    (
        "召开会议2次，制作依申请公开信息320条，接到申请26例，予以公开2例，网站上早已对外公开1例。",
        ["meetings 2次", "applications-received 26例", "applications-granted 2例 !"],
    ),
    # a list of all kinds of items; what people might write in by is a kind of them too
    ("本季公布6类文件计75条，其中渔港动态52条。", ["website-items 75条", "website-items 52条 !"]),
    (
        "网站公开信息90条，其中热点回应6条，政策咨询5条，政协提案、人大建议办理情况公开12条。",
        ["website-items 90条", "website-items 6条 !", "website-items 5条 !", "website-items 12条 !"],
    ),
    (
        "馆网站上传信息40条，留言互动43人次，回复留言中心15条信息。",
        ["website-items 40条", "public-messages 43人次", "public-messages 15条 @留言中心"],
    ),
    # what becomes of all that were dealt with; received and handled in one word
    (
        "接到信息公开申请7件，办结的6件都属于本机关不掌握的信息。",
        ["applications-received 7件", "applications-not-provided 6件 !"],
    ),
    ("上半年收并办结依申请公开件4件。", ["applications-received 4件", "applications-handled 4件"]),
    # what a total covers opens no list that goes on behind a semicolon
    (
        "馆门户网站上传信息120条，其中渔港信息44条，覆盖航标灯塔等领域；通过视频号发布短视频17条。",
        ["website-items 120条", "website-items 44条 !", "newmedia-posts 17条 @视频号"],
    ),
    # no measure word behind the thing
    ("馆网站公布档案信息64，更新不慢。", ["website-items 64"]),
    # two shares in one number; 及时率 of what is answered alone
    ("收到申请公开8宗，办结率、及时率为100%。", ["applications-received 8宗", "on-time-rate 100%"]),
    ("上半年编发渔业信息31期，公开率、及时率为100%。", []),
    # no numbers of facts
    ("政务公开工作各明确1名联络员，新增粉丝900人。", []),
    ("全年审核拟发布信息220篇，通过网站、微信等四条渠道公开。", []),
    ("全区14个街镇、38个部门共发布政务信息320条。", ["website-items 320条"]),
    ("关停账号3个，正常运行账号28个。", ["newmedia-accounts 28个"]),
    ("邀请公众代表列席会议4次，在小区张贴公告300张。", []),
    ("召开新闻发布会2场，邀请记者86人次参加。", ["press-conferences 2场"]),
    ("梳理依申请政务服务事项90项，办理各类审批业务300件。", []),
    ("开展意见征集3次，参与人数500人次。", ["public-consultations 3次"]),
    ("张贴海报380张。", []),
    ("2023年12月3日召开第2次会议，附件3份见政办发〔2023〕5号。", []),
    ("发布《关于2023年公开18条措施的通知》。", []),
    # kinds of calls, what was answered of them, consultations at a counter and at an event
    (
        "交通服务热线服务市民820人次，路况咨询类510件，意见建议类30件。",
        [
            "hotline-calls 820人次 @交通服务热线",
            "hotline-calls 510件 ! @交通服务热线",
            "hotline-calls 30件 ! @交通服务热线",
        ],
    ),
    ("局长信箱收到来信41封，办结40封。", ["mailbox-letters 41封", "mailbox-letters 40封"]),
    ("办事大厅接受咨询930人次。", ["public-messages 930人次"]),
    ("组织3名干部参加县里培训。", ["training-participants 3名"]),
    # what stands behind a later number, behind a request, behind the number of a congress
    ("督促12个科室、5个馆点公开办事指南83项。", ["website-items 83项"]),
    (
        "收到政府信息公开申请9件，其中4件为申请公开修志信息。",
        ["applications-received 9件", "applications-received 4件 !"],
    ),
    ("办理县政协十届二次会议委员提案3件。", ["proposals-handled 3件"]),
    # over the years; each of all kinds is no kind; given out, and drawn up only
    ("公布惠民政策7项，历年累计150项。", ["policy-documents 7项", "policy-documents 150项"]),
    (
        "公开政府信息300条。召开新闻发布会2次，发布各类档案信息20条。",
        ["website-items 300条", "press-conferences 2次", "website-items 20条"],
    ),
    ("发放宣传单、印制办事指南600份。", ["materials-distributed 600份"]),
    ("修订权责清单40项，处理错敏信息12条。", []),
    # 公众号 behind the name of an outlet, or behind its own
    ("“柳汀档案”抖音公众号发布作品12条。", ["newmedia-posts 12条 @抖音"]),
    (
        "办好微信公众号，公众号发布信息12条，总阅读量3万次。",
        ["newmedia-posts 12条 @公众号", "newmedia-views 30000次 @公众号"],
    ),
    ("在县政务服务网等平台公示事项9项。", ["website-items 9项 @县政务服务网"]),
    # one outlet of two numbers, reviewed before it was published, what need not be published
    (
        "在县信用公示系统归集许可信息93条、处罚信息16条。",
        ["website-items 93条 @县信用公示系统", "website-items 16条 @县信用公示系统"],
    ),
    ("我馆经审核公开档案信息56条，免予公开信息2条。", ["website-items 56条"]),
    (
        "收到政府信息公开申请9件，其中来信申请4件、申请人自行撤销1件。",
        ["applications-received 9件", "applications-received 4件 ! @来信", "applications-withdrawn 1件 !"],
    ),
    # behind a list of parts another outlet begins; of a number without measure word the parts are its own
    (
        "公开政府信息90条，其中馆网站60条，公众号30条；本年度上传档案信息750条，其中公告类信息50条。",
        [
            "website-items 60条 !",
            "newmedia-posts 30条 ! @公众号",
            "website-items 750条",
            "website-items 50条 !",
        ],
    ),
    (
        "馆网站公开信息80条。微信公众号发布信息量60，其中本馆微信公众号发布信息量45条。",
        ["website-items 80条", "newmedia-posts 60 @微信公众号", "newmedia-posts 45条 ! @微信公众号"],
    ),
    # two things each so many, small sums that are none, items that a newspaper took
    ("公布惠民政策及解读各6篇。", ["policy-documents 6篇", "policy-interpretations 6篇"]),
    (
        "发布馆藏信息3条，修志动态64条，展览信息6条，捐赠信息4条，讲座信息2条。",
        [f"website-items {n}条" for n in (3, 64, 6, 4, 2)],
    ),
    ("3篇稿件被柳汀晚报采用。", ["media-reports 3篇"]),
    ("热线受理工单46件，及时回复45件。", ["hotline-calls 46件 @热线", "hotline-calls 45件 @热线"]),
    ("在信息公开统一平台公开信息24条。", ["website-items 24条"]),
    (
        "受理信息公开申请5件，其中科研机构申请馆藏信息1件，按期办结4件。",
        ["applications-received 5件", "applications-received 1件 !", "applications-handled 4件"],
    ),
    # 份文件 is a word of the dictionary; what a quoted platform is called; who a training reached
    ("全年对10份文件进行解读。", ["policy-interpretations 10份"]),
    (
        "“悦读柳汀”平台发布59条，县政府网站公开106条。",
        ["website-items 59条 @悦读柳汀", "website-items 106条"],
    ),
    ("举办讲座2次，覆盖馆员86人次。", ["trainings 2次", "training-participants 86人次"]),
    ("通过“领导信箱”“馆长接诉”，答复读者诉求、群众诉求50余件。", ["mailbox-letters over=50件"]),
    (
        "馆网站发布信息117条，其中征求意见反馈情况7条，创新平台18条。",
        ["website-items 117条", "website-items 7条 !", "website-items 18条 !"],
    ),
    (
        "收到信息公开申请3件，其中通过信息公开平台申请1件。",
        ["applications-received 3件", "applications-received 1件 ! @信息公开平台"],
    ),
    # where requests are handed in, what a remark in brackets names, differences, and years to come
    ("设立2个专门的信息申请受理点和1个公共查阅点，配备1名兼职人员从事政府信息公开。", ["staff 1名"]),
    (
        "县政府网站公开信息120条，同比增量15条，政务微博公开信息30条。",
        ["website-items 120条", "newmedia-posts 30条 @微博"],
    ),
    (
        "收到网民留言48条（注：含鹭洲12345平台转来的件），办结留言45条，公开答复12条。",
        ["public-messages 48条", "public-messages 45条", "public-messages 12条"],
    ),
    (
        "收到政府信息公开申请126件（未包含上年结转4件），其中已办结118件，结转下年办理12件。",
        [
            "applications-received 126件",
            "applications-carried-over 4件",
            "applications-handled 118件 !",
            "applications-carried-over 12件 !",
        ],
    ),
    ("2018年，共收到依申请公开信件19件。", ["applications-received 19件"]),
    (
        "四、复议、诉讼和申诉情况\n全年受理行政复议2件。行政诉讼案件4件，其中1件不予立案。",
        ["reconsiderations 2件", "litigations 4件", "litigations 1件 !"],
    ),
    # names in quotes: of policies, of accounts, of columns; the apposition of an interview
    (
        '广泛宣传"惠渔30条"政策，“柳汀县发布”发布信息45条。\n“政策发布”栏目发布信息6条。',
        ["newmedia-posts 45条 @柳汀县发布", "website-items 6条"],
    ),
    (
        "通过“看柳汀”app推送信息71条，政务新媒体账号发布信息640条。",
        ["newmedia-posts 71条 @app", "newmedia-posts 640条 @政务新媒体账号"],
    ),
    (
        "开展区政府网站“在线访谈”活动13场，4次参加县政府组织的在线访谈栏目。",
        ["interviews 13场", "interviews 4次"],
    ),
    ("微信粉丝：46000人，微博：9100人。", ["followers 46000人 @微信", "followers 9100人 @微博"]),
    # kinds told side by side are no parts of each other; a bracket divides the last part
    ("累计公开港务信息250条、动态类信息150条。", ["website-items 250条", "website-items 150条"]),
    (
        "公开信息20条。其中，镇街动态14条，财政管理类信息6条（其中，预决算3条、“三公”经费1条、专项经费2条）。",
        [
            "website-items 20条",
            "website-items 14条 !",
            "website-items 6条 !",
            "website-items 3条 !",
            "website-items 1条 !",
            "website-items 2条 !",
        ],
    ),
    (
        "网站公开信息90条，其中会议信息20条，意见征集8件，建议提案12件，其他信息50条。",
        [
            "website-items 90条",
            "website-items 20条 !",
            "public-consultations 8件 !",
            "proposals-handled 12件 !",
            "website-items 50条 !",
        ],
    ),
    # what is mixed over outlets, though a share and numbered lines stand between
    (
        "主动公开政府信息70条，全文电子化率100%。其中：1.机构信息10条；2.工作信息40条；3、预决算信息5条；运用微信发布信息15条。",
        [
            "website-items 10条 !",
            "website-items 40条 !",
            "website-items 5条 !",
            "newmedia-posts 15条 ! @微信",
        ],
    ),
    # by ways of several kinds at once
    ("依托局长信箱、局网站、微信群等平台，收集渔业政策咨询58个。", ["public-messages 58个"]),
    ("编发舆情日报102期、舆情专报13期，档案室接待档案查询4420人次。", []),
    ("修订后的公开目录细分条目达102项。全年制定规范性文件4件，清理废止文件2件，现行有效文件20件。", []),
    (
        "人大代表建议及答复17件、政协提案和答复9件，回应关切15条，制作新媒体作品40期。",
        [
            "proposals-handled 17件",
            "proposals-handled 9件",
            "website-items 15条",
            "newmedia-posts 40期 @新媒体",
        ],
    ),
    # what is asked for, carried on, disclosed in answer; kinds whose names hold an act; monthly reports
    (
        "全年受理2个申请公开信息事项。办结申请25件，另有1件转2031年继续办理，共依申请办理公开或部分公开政府信息13件。",
        [
            "applications-received 2个",
            "applications-handled 25件",
            "applications-carried-over 1件",
            "applications-granted 13件 !",
        ],
    ),
    (
        "公开信息30条，其中养老信息17条、社团注销登记类信息13条。每个局属单位设置1名信息联络员。",
        ["website-items 30条", "website-items 17条 !", "website-items 13条 !"],
    ),
    (
        "发布水质月报12期。政协提案复函3条。",
        ["website-items 12期", "proposals-handled 3条"],
    ),
    (
        "全年微信公众号信息发布量794条。电话接听咨询2200人次。",
        ["newmedia-posts 794条 @微信公众号", "hotline-calls 2200人次"],
    ),
    (
        "通过柳汀微信公众号发布信息122篇，其中工作动态50篇，工作简报43篇；法律宣传有5篇；其他内容有24篇。",
        [
            "newmedia-posts 122篇 @微信公众号",
            "newmedia-posts 50篇 ! @微信公众号",
            "newmedia-posts 43篇 ! @微信公众号",
            "newmedia-posts 5篇 ! @微信公众号",
            "newmedia-posts 24篇 ! @微信公众号",
        ],
    ),
    ("政府网站公开渔业信息66篇(次)。", ["website-items 66篇(次)"]),
    # whether documents are in force; each of several; reviews still open; accounts of a service; what is granted in part
    (
        "累计公布地方性法规8条、政府规章12条（现存有效9条，废止或失效3条），法治讲座16场。",
        ["policy-documents 8条"],
    ),
    ("办公室指定2人（兼职）负责日常的政府信息公开工作，各科室分别指定1名信息员。", ["staff 2人"]),
    (
        "全县开设政务新媒体账号33个，其中微信公众号21个、新浪微博12个。",
        ["newmedia-accounts 33个", "newmedia-accounts 21个 !", "newmedia-accounts 12个 !"],
    ),
    (
        "办理政府信息公开申请3件，其中予以公开2件，部分予以公开1件。",
        ["applications-handled 3件", "applications-granted 2件 !", "applications-partly-granted 1件 !"],
    ),
    # what was made public on request; what was withdrawn, done for others or only held
    (
        "共受理政府信息公开申请9件。其中，依法公开信息6件，部分公开2件，商业企业申请公开信息1件。",
        [
            "applications-received 9件",
            "applications-granted 6件 !",
            "applications-partly-granted 2件 !",
            "applications-received 1件 !",
        ],
    ),
    (
        "共办理政府信息公开申请9件，其他机关协办件4件，协助政府办答复公开征询意见3件。",
        ["applications-handled 9件"],
    ),
    ("网站公开信息80条，撤回过时信息12条。", ["website-items 80条"]),
    ("微博发布信息40条，新媒体平台互动300余次。", ["newmedia-posts 40条 @微博"]),
    ("更新信息50条，涵盖工作动态报道31条。", ["website-items 50条", "website-items 31条 !"]),
    ("公开局长办公会议7次。召开县政府常务会议14次。", ["website-items 7次"]),
    # sums: parts that are divided themselves, items that no word tells, and what notice boards showed
    (
        "主动公开政府信息352条。网站公开信息186条（机构信息20条、预决算信息166条），通过村宣传栏公开信息166条（救助类72条、补贴类94条）。",
        ["website-items 186条 !", "website-items 20条 !", "website-items 166条 !"],
    ),
    (
        "新增主动公开信息41条，其中机构信息22条（概况1条、领导成员13条、直属单位8条）；宅基地使用审核情况3条；动态16条。",
        [
            "website-items 41条",
            "website-items 22条 !",
            "website-items 1条 !",
            "website-items 13条 !",
            "website-items 8条 !",
            "website-items 3条 !",
            "website-items 16条 !",
        ],
    ),
    (
        "公开信息50条，机构信息43条，财政信息7条，其中部门预决算2条、专项经费5条。",
        [
            "website-items 50条",
            "website-items 43条 !",
            "website-items 7条 !",
            "website-items 2条 !",
            "website-items 5条 !",
        ],
    ),
    (
        "收到政府信息公开申请8件，其中3件已撤回，2件已答复，3件结转下年度。",
        [
            "applications-received 8件",
            "applications-withdrawn 3件 !",
            "applications-handled 2件 !",
            "applications-carried-over 3件 !",
        ],
    ),
    (
        "主动公开各类信息4类46条，其中计划总结1条、动态信息45条。",
        ["website-items 46条", "website-items 1条 !", "website-items 45条 !"],
    ),
    # documents issued, information cleaned up, columns that are no notice boards
    ("本镇全年共发文96件，其中主动公开文件5件，依申请公开0件。", ["policy-documents 5件"]),
    ("清理过期的动态类信息12条。", []),
    ("设置通知公告栏目12个，公告公示栏目发布信息2条。", ["columns 12个", "website-items 2条"]),
    ("微信公众号“柳汀”信息发布146条。", ["newmedia-posts 146条 @微信公众号"]),
    ("全年收到和处理政府信息公开申请0件。", ["applications-received 0件", "applications-handled 0件"]),
    # what requests came to, whom they were handled for, verdicts of two kinds of cases
    (
        "收到政务公开申请11件，其中主动公开1件，依申请公开5件，咨询2件，信息不存在3件。",
        [
            "applications-received 11件",
            "applications-granted 1件 !",
            "applications-received 5件 !",
            "applications-not-provided 3件 !",
        ],
    ),
    ("答复政府信息公开申请44件，协助市政府办理申请12件。", ["applications-handled 44件"]),
    (
        "政府信息公开类行政复议16件，行政诉讼14件，其中7件行政复议、8件行政诉讼尚未审结。",
        ["reconsiderations 16件", "litigations 14件", "reconsiderations 7件", "litigations 8件"],
    ),
    # outlets that a sentence names as such, and what only sounds like one
    (
        "通过各类媒体渠道公开信息90条，其中公众号50条，网站40条。",
        ["newmedia-posts 50条 ! @公众号", "website-items 40条 !"],
    ),
    ("以政府网站为主渠道，政务新媒体为新阵地，主动公开信息267条。", []),
    ("在政府网站反映工作情况，累计推送信息报道80余篇。", ["website-items over=80篇"]),
    ("本街道主动公开政府发文4条。", ["policy-documents 4条"]),
    # documents drawn up; what came in by a hotline and in no call for comment; proposals by their short name
    ("制发公文90件，主动公开80件。", ["policy-documents 80件"]),
    ("产生政府文件信息22条，其中主动公开14条。", ["policy-documents 14条"]),
    ("通过“12345”热线接收公众投诉及建议超过380条。", ["hotline-calls over=380条 @12345"]),
    (
        "收到提案、建议25件，其中主办15件、会办10件。",
        ["proposals-handled 25件", "proposals-handled 15件 !", "proposals-handled 10件 !"],
    ),
    ("收到1份区政府办公室依申请公开意见征询件。", []),
    # the agency's line of business; visitors of a website
    ("开展执法检查70次、消防安全培训8期，召开安全生产例会6次，接待来访群众90人次。", []),
    ("审理行政复议案件21件，其中政府信息公开行政复议案件2件。", ["reconsiderations 2件"]),
    ("向社会公布举报电话3个。邀请代表参加政府常务会议4次。", []),
    ("县政府网站访问用户6万个。", ["website-visits 60000个"]),
    ("开展信息公开检查5次，举办政务公开培训2期。", ["inspections 5次", "trainings 2期"]),
    # lists: what a bracket opens ends with it; sums told for each time; issues; numbers told respectively
    (
        "发布政策图解9条（其中2条动画解读）、民意征集3条、在线访谈1条。",
        [
            "policy-interpretations 9条 ~图解",
            "policy-interpretations 2条 ! ~动画",
            "public-consultations 3条",
            "interviews 1条",
        ],
    ),
    (
        "网站发布信息900条，包括每日发布潮位信息共计365条，政策文件3个并同步发布解读，潮汐小知识48期。",
        ["website-items 900条", "website-items 365条 !", "policy-documents 3个 !", "website-items 48期 !"],
    ),
    ("每季度发布信息12条。", []),
    ("发布全县潮汐形势12期。编发《柳汀潮汐》9期。", ["website-items 12期"]),
    (
        "公开船闸、码头、航标等信息分别22条、34条、29条。",
        ["website-items 22条", "website-items 34条", "website-items 29条"],
    ),
    ("按时办结率、满意率分别为100%和98%。", ["on-time-rate 100%", "satisfaction-rate 98%"]),
    # requests told again, told by two acts; documents by how they are open; parts behind a comma
    (
        "收到政府信息公开申请22件。上述22件申请未引起复议。对这2件申请进行了答复。",
        ["applications-received 22件", "applications-handled 2件"],
    ),
    (
        "收到和处理政府信息公开申请3件，受理答复政府信息公开申请2件。",
        [
            "applications-received 3件",
            "applications-handled 3件",
            "applications-received 2件",
            "applications-handled 2件",
        ],
    ),
    ("主动公开36件、依申请公开4件、不予公开5件。", ["website-items 36件"]),
    (
        "收到政府信息公开申请7件，其中，6件均按期答复，1件结转下年办理。",
        ["applications-received 7件", "applications-handled 6件 !", "applications-carried-over 1件 !"],
    ),
    (
        "全年共办理网民留言90件，其中，12345热线70件，局长信箱20件。",
        ["public-messages 90件", "hotline-calls 70件 ! @12345", "mailbox-letters 20件 !"],
    ),
    # documents interpreted, sent by post; what was taken from media; accounts that published
    (
        "对5份政策性文件同步开展了图文解读，向图书馆寄送纸质文件40件。",
        ["policy-interpretations 5份 ~图文", "materials-distributed 40件"],
    ),
    ("网站转载主流媒体信息25条，头条新闻12条。", ["website-items 25条", "website-items 12条"]),
    (
        "通过“柳汀潮汐”微信公众号等7个新媒体平台累计发布信息90条。",
        ["newmedia-accounts 7个", "newmedia-posts 90条 @新媒体"],
    ),
    (
        "局官方微博信息发布量40条；“柳汀”微信公众号信息发布量30条。",
        ["newmedia-posts 40条 @微博", "newmedia-posts 30条 @微信公众号"],
    ),
    # articles cited; mixtures of what no term names; totals without a measure word
    ("按照《柳汀县船闸办法》二十条规定公开信息12条。", ["website-items 12条"]),
    ("公开政策、解读及落实情况38条。网上征集调查3期。", ["website-items 38条", "public-consultations 3期"]),
    ("公开政策解读、管理使用和船闸项目31条。", ["website-items 31条"]),
    ("网站浏览量9万次，访客数8万位。", ["website-visits 90000次", "website-visits 80000位"]),
    (
        "全年主动公开政府信息64，其中，机构职责3条；工作动态10条。",
        ["website-items 64", "website-items 3条 !", "website-items 10条 !"],
    ),
    # calls for comment told as what was published; opinions where the words are an act
    ("全年发布意见征集9条，政策解读7条。", ["public-consultations 9条", "policy-interpretations 7条"]),
    ("“决策公开”栏目发布征求意见9条。", ["public-consultations 9条"]),
    ("发布意见征集信息9条。", ["website-items 9条"]),
    # the thing of a measure word of single things stands right behind it
    ("发布9个乡镇权责清单。", []),
    ("建成3个县级专栏。", ["columns 3个"]),
    ("全县8个政务新媒体累计发布信息900条。", ["newmedia-accounts 8个", "newmedia-posts 900条 @政务新媒体"]),
    ("按照登记、审核等六个流程规范办理依申请公开。", []),
    # told respectively, answered by telephone, through an account, without any
    (
        "新设档案、修志两个专栏，分别发布相关信息90余条、70余条。",
        ["columns 2个", "website-items over=90条", "website-items over=70条"],
    ),
    (
        "受理网民留言60条，电话答复15条，已办结60条。",
        ["public-messages 60条", "public-messages 15条", "public-messages 60条"],
    ),
    ("“柳汀修志”微博账号发布信息68条。", ["newmedia-posts 68条 @微博"]),
    ("没有出现一起投诉、复议和诉讼案件。", []),
    ("信息公开工作平稳，邀请群众列席政府常务会4次。", []),
    ("发布动态类信息48条；通知类信息15条。", ["website-items 48条", "website-items 15条"]),
    (
        "共收到信息公开申请24件，其中，全年办理依申请公开22件，结转下年度3件。",
        ["applications-received 24件", "applications-handled 22件 !", "applications-carried-over 3件 !"],
    ),
    (
        "处理依申请公开92件，其中，新接收91件，上年结转1件。",
        ["applications-handled 92件", "applications-received 91件 !", "applications-carried-over 1件 !"],
    ),
    # several articles cited; parts divided further; what goes on with something uncounted; lawsuits behind reviews
    ("按照《柳汀县船闸办法》第9条、10条和11条规定公开信息12条。", ["website-items 12条"]),
    (
        "公开政府信息352条，其中：政策文件类公开207条，包含船闸类110条，航标类97条；工作动态公开145条。",
        [
            "website-items 352条",
            "policy-documents 207条 !",
            "policy-documents 110条 !",
            "policy-documents 97条 !",
            "website-items 145条 !",
        ],
    ),
    (
        "一、总体情况\n分析形势，整改存在问题，深化各项改革。\n（一）主动公开。公开信息90条。",
        ["website-items 90条"],
    ),
    ("印发规范性文件3件，主动公开3件。开放数据集40个。", []),
    ("依申请公开政务信息数6件，均已答复。", ["applications-received 6件"]),
    (
        "12345热线受理来电850件（含12328并入的60件），按时办结率98.5%。",
        ["hotline-calls 850件 @12345", "hotline-calls 60件 ! @12328", "on-time-rate 98.5% @12345"],
    ),
    (
        "微信公众号发布信息300条（含网站同步100条），阅读量9000次。",
        ["newmedia-posts 300条 @微信公众号", "website-items 100条 !", "newmedia-views 9000次 @微信公众号"],
    ),
    (
        "各级媒体作了报道，柳汀日报3篇，津渡新闻联播2篇，船闸党报头版5篇。",
        ["media-reports 3篇 @柳汀日报", "media-reports 2篇 @津渡新闻联播", "media-reports 5篇 @船闸党报头版"],
    ),
    (
        "因信息公开引起的行政复议6件，5件结果维持；1宗复议后起诉维持。",
        ["reconsiderations 6件", "reconsiderations 5件 !", "litigations 1宗"],
    ),
    ("微信官方公众号发布信息40条。", ["newmedia-posts 40条 @微信公众号"]),
    (
        "在各级媒体刊发新闻40篇，其中柳汀日报（含柳汀网）30篇。",
        ["media-reports 40篇", "media-reports 30篇 ! @柳汀日报（含柳汀网）"],
    ),
    # an account named behind its kind, one thing of two shares, requests by the one way named, what was answered
    ("微信公众号“柳汀政府网”发布信息93条。", ["newmedia-posts 93条 @微信公众号"]),
    ("满意和基本满意率分别达99.5%、100%。", ["satisfaction-rate 99.5%", "satisfaction-rate 100%"]),
    (
        "受理线上信息公开申请65件，依法办结62件。",
        ["applications-received 65件 @线上", "applications-handled 62件"],
    ),
    (
        "网民留言办结96件，公开人大代表建议、政协提案办理复文25件。",
        ["public-messages 96件", "proposals-handled 25件"],
    ),
    # acts between a thing and its number, behind it, or in the clause before
    ("政策解读推送37篇。", ["policy-interpretations 37篇"]),
    ("全年推送37份解读稿。", ["policy-interpretations 37份"]),
    ("行政处罚信息发布35条。", ["website-items 35条"]),
    ("发布30余条行政处罚信息。", ["website-items over=30条"]),
    ("答复依申请公开申请，共计37件。", ["applications-handled 37件"]),
    ("12345平台总计收到37宗热线工单。", ["hotline-calls 37宗 @12345"]),
    ("在省级媒体刊载，总数达37则。", ["media-reports 37则"]),
    (
        "通过门户网站（500条）、微信公众号（400条）发布政府信息。",
        ["website-items 500条", "newmedia-posts 400条 @微信公众号"],
    ),
    ("举办政务公开培训3次，累计培训干部120人次。", ["trainings 3次", "training-participants 120人次"]),
    (
        "公开征求意见2次，收到意见30条，吸纳9条。",
        ["public-consultations 2次", "consultation-opinions 30条", "consultation-opinions 9条"],
    ),
    # decisions made public, and lists of them that go on; accounts named together; words that name the act's thing
    ("公示行政处罚15次，行政确认9次。", ["website-items 15次", "website-items 9次"]),
    ("公开行政许可事项65项，办理行政处罚9件。", []),
    ("政策解读发布信息29条，回答公众疑惑67条。", ["policy-interpretations 29条", "public-messages 67条"]),
    (
        "“柳汀图书馆”“柳汀博物馆”微信公众号发布信息189期，713条。",
        ["newmedia-posts 189期 @微信公众号", "newmedia-posts 713条 @微信公众号"],
    ),
    ("开展在线调查问卷10次，撤消3个栏目。", ["public-consultations 10次"]),
    ("召开2次新闻发布会对航标政策进行解读。", ["press-conferences 2次"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0][:24] for c in CASES])
def test_what_a_sentence_counts(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


def test_forms_of_interpretation() -> None:
    assert facts("以视频、文字两种方式发布政策解读8篇。") == ["policy-interpretations 8篇 ~视频、文字"]


def test_broken_lines_do_not_break_words() -> None:
    assert facts("全年通过县政府门户网站以及档案局子站向社会公开发布各类政府信\n息1024条。") == [
        "website-items 1024条"
    ]


def test_plans_are_no_facts() -> None:
    assert facts("局网站发布信息5条。", problems="一是解读不够。下一步将开展培训6次。") == [
        "website-items 5条"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公开信息60条；计划2031年公开信息90条。", ["website-items 60条"]),
        ("举办培训2次，明年计划举办培训4次。", ["trainings 2次"]),
        ("拟于2031年举办培训4次。", []),
        ("公布2030年重点工作计划信息12条。", ["website-items 12条"]),
        ("2031年计划公开信息100条，实际公开120条。", ["website-items 120条"]),
        ("2031年将政府信息1500条全部公开。", ["website-items 1500条"]),
    ],
)
def test_what_is_intended_for_a_year_is_no_fact(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到申请18件，市局转来的3件不计。", ["applications-received 18件"]),
        (
            "收到申请18件，加上2030年转来的3件。",
            ["applications-received 18件", "applications-carried-over 3件"],
        ),
        (
            "收到申请18件，上年度转来的3件。",
            ["applications-received 18件", "applications-carried-over 3件"],
        ),
    ],
)
def test_only_a_year_carries_requests_over(text: str, expected: list[str]) -> None:
    assert facts(text) == expected
