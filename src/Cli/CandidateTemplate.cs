using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>The commented candidate.yaml of <c>init</c>.</summary>
internal static class CandidateTemplate
{
    public const string SchemaFile = "candidate.schema.json";

    public static string Fill(InitAnswers answers)
    {
        var text = new StringBuilder();
        text.Append($"""
            # yaml-language-server: $schema={SchemaFile}
            # 被测系统的描述。改好后执行：securitycheck run candidate.yaml
            # 只会连接 endpoints、hosts 与 exposure 里列出的主机。

            candidate: {answers.Id}
            name: {Quote(answers.Name)}
            ownerUnit: {Quote(answers.OwnerUnit)}
            # builder: 承建单位
            # systemVersion: V2.1            # 材料里写的版本与它比
            # 试运行与申请验收的期限按这些日期算；材料里也写着它们的才算数
            # milestones:
            #   trialStart: 2026-01-05
            #   trialEnd: 2026-02-10
            #   completedOn: 2026-02-10
            #   appliedOn: 2026-03-01

            # government-service 政务服务办理系统 | business-system 业务系统 | data-platform 数据系统
            # infrastructure 基础设施 | website 政府网站 | other 其他
            kind: {CandidateWords.Of(answers.Kind)}

            # 等级保护定级与密码应用等级，1–4；还没有定级就删去该行（相关项目会列为待人工）
            protectionLevel: {answers.ProtectionLevel}
            cryptoLevel: {answers.CryptoLevel}

            # 涉密系统（true）不得使用本工具，按国家保密规定管理
            classified: false

            # own-room 自建机房 | government-cloud 政务云 | mixed 混合
            deployment: {CandidateWords.Of(answers.Deployment)}

            # 对照哪个验收办法；不对照就删去该行
            profile: {answers.Profile}

            endpoints:

            """);
        foreach (var (address, i) in answers.Addresses.Select((a, i) => (a, i)))
        {
            text.Append($"""
                - id: endpoint-{i + 1}
                  address: {Quote(address)}
                {Tail(i)}
                """);
        }

        text.Append("""

            # 邮件、目录、数据库等先明文对话再升级到 TLS 的端口，在 endpoints 里再列一项，另写一行
            #   starttls：smtp | imap | pop3 | ftp | ldap | xmpp | postgres | mysql

            # 证书核验：本工具不带国内 CA 的根证书；SM2 证书链只有给出信任锚才会核验，RSA/ECDSA 还会用本机根证书库
            # trustAnchors: [ca/root.pem]     # PEM、DER 或 P7B；也可以写在某个端点下面
            # intermediates: [ca/sub.pem]     # 服务器没有发送的中级证书（TLCP 服务器通常只发两张）
            # crls: [ca/sub.crl]              # 撤销列表；联网查询只在把 CRL/OCSP 的主机列为端点时进行

            # 主机（等级保护核查，只读）：address 经 ssh 密钥登录；bundle 是 securitycheck collect 的取证包；root 是解开的目录；local: true 是本机；四者恰好写一个
            # hosts:
            # - id: app-server
            #   address: 10.0.0.5:22
            #   user: inspector
            #   identityFile: keys/inspector
            # - id: db-server
            #   bundle: collected/db-server.tgz
            #   databases: [collected/postgresql.txt]   # securitycheck collect --sql 打印的脚本由库管理员执行后的输出；也可以只交这个

            # 源代码目录：只读取，不编译、不执行其中任何东西；osv 为离线漏洞库（OSV 导出的 zip 或目录），没有它已知漏洞不检测
            # 还可以写 suppressions（抑制文件：指纹或规则加文件，附理由、复核人、到期日）和 baseline（probe code --write-baseline 写的基线）
            # sourceTrees:
            # - id: portal-src
            #   path: src
            #   osv: osv/osv.zip
            #   history: true   # 连 .git 里的历史一起查密钥与口令
            #   flows:          # 项目自己的 Java 数据流规则；有哪些缺陷：securitycheck rules list --code
            #     sources: [{type: com.example.gateway.Envelope, call: body, kind: 网关报文}]
            #     entries: [{annotation: com.example.web.OpenApi, kind: 开放接口}]
            #     sinks: [{type: com.example.db.SqlRunner, call: run, at: 0, weakness: sql}]
            #     # 净化只是项目的担保：只被它挡住的路径在报告里逐处列出，由评估人员认可
            #     sanitizers: [{type: com.example.web.Safe, call: html, cleans: xss, reason: 按位置编码，有单元测试, author: 承建单位安全组, until: 2026-12-31}]

            # 暴露面（从本机看端口）：只看这里列出的主机；address 只写一台，不接受网段；ports 是声明对外开放的端口，其余开放的列为未声明
            # host 写 hosts 里的 id，结果并入那台主机；scan 是要看的端口，不写则看规则里的端口；tool：auto | nmap | connect
            # 免鉴别的服务与出厂账户只在 run --allow-intrusive 时试
            # exposure:
            # - id: app-ports
            #   host: app-server
            #   address: 10.0.0.5
            #   ports: [22, 443, 8000-8010]

            # 别的工具的报告，作为旁证：tool：lynis（lynis-report.dat）| openscap（XCCDF 或 ARF 结果）| nmap（-oX）| sarif（源代码扫描器的 SARIF 2.1.0）
            # 只比较、列出不一致，不使任何一项成为符合
            # imports:
            # - id: lynis-app
            #   host: app-server
            #   tool: lynis
            #   path: collected/lynis-report.dat

            # 归档信息包：一个 ZIP、目录或 EEP 的 XML，或放着一批信息包与移交目录的目录；只读取，不解压到磁盘
            # profile：p-zwfw | p-eep | p-carrier | p-bagit，或自己写的 .yaml；stage：gd 归档 | yj 移交与接收 | cq 长期保存
            # archivePackages:
            # - id: first-batch
            #   path: archives/第一批
            #   profile: p-zwfw
            #   stage: gd
            #   register: archives/登记表.xlsx
            #   trustRoots: [ca/seal-root.pem]         # 签章者与制章者的根与中级证书
            #   revocations: [ca/seal.crl]             # 签发机构在签名之后签发的撤销列表或 OCSP 应答
            #   detectionResults: archives/结果.csv     # 系统自己四性检测的答复，见 securitycheck archive defects
            #   detectionKey: archives/样本.key.json

            # 归档功能在浏览器里走一遍（只在 run --allow-intrusive 时做）；流程的例子：securitycheck archive dry-run --print
            # webFlows:
            # - id: archive-desk
            #   start: @start@/archive/login
            #   flow: flows/archive.yaml

            # 密码样本：从被测系统导出、供离线测量的文件或目录；密钥与口令只写出处（env:变量名、file:路径）
            # 种类 sampleKind 与可写的 settings（词语写英文或括号里的中文都可以，详见 securitycheck probe crypto --help）

            """.Replace("@start@", Start(answers), StringComparison.Ordinal));
        foreach (var form in CryptoSampleKinds.All)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"#   {form.Word}（{form.Title}）{(form.Settings.Count == 0 ? "没有 settings" : string.Join("、", form.Settings.Select(s => $"{s.Name}{(s.Words.Count > 0 ? $"={string.Join("|", s.Words)}" : "")}")))}\n");
        }

        text.Append("""
            # cryptoSamples:
            # - id: users-password
            #   title: 用户表口令列
            #   sampleKind: password
            #   path: samples/users.csv
            #   settings: {column: password, salt: salt}
            # - id: random-bits
            #   sampleKind: random
            #   path: samples/random.bin
            #   settings: {stage: 周期}
            # - id: product-list
            #   title: 密码产品清单
            #   sampleKind: products
            #   path: samples/products.csv
            # 算法输出（conformance）的 path 也可以写被测系统自己的接口网址，其主机须列在 endpoints 里

            # 验收材料：kind 要与验收办法里的名称一致（securitycheck explain 与报告里可见）
            # materials:
            # - id: crypto-report
            #   kind: 密码应用安全性评估报告
            #   path: materials/密评报告.pdf
            #   issuedOn: 2026-01-15
            # - id: crypto-plan
            #   kind: 密码应用方案
            #   path: materials/密码应用方案.pdf
            # - id: module-certificate
            #   kind: 密码产品认证证书
            #   path: materials/模块证书.pdf

            # 豁免：四项缺一不可，到期自动失效
            # waivers:
            # - id: w-1
            #   requirement: HTTP-01
            #   target: endpoint:endpoint-1
            #   justification: 内网系统，网关统一加头，计划 6 月完成
            #   approvedBy: 批准人
            #   expiresOn: 2026-12-31

            # 人工确认：回答只能由人判断的项目和验收材料；不能推翻实测的不符合，也不能代替没有做成的探测（只作记录）
            # 除“不符合”外都要有文件：evidence 写 materials 里一份文件的 id（不少于 1 KiB；验收材料本身已在 materials 里的可以不写）；超过 12 个月的不生效
            # attestations:
            # - id: a-1
            #   requirement: LJ-22-1/政务数据目录
            #   verdict: 符合
            #   by: 确认人
            #   organisation: 单位
            #   on: 2026-01-20
            # 材料不适用须写理由（statement），并在 evidence 里写依据文件在 materials 里的 id；一份文件可以用于多项材料
            # - id: a-2
            #   requirement: LJ-22-3/城市大脑对接证明
            #   verdict: 不适用
            #   by: 确认人
            #   organisation: 单位
            #   on: 2026-01-20
            #   statement: 本项目不在城市大脑对接范围内，见密评报告第 2 章
            #   evidence: [crypto-report]

            # 密评自评（GB/T 39786-2021）：下面各段都可以不写，没有回答的就是“未知”，分数按最坏与最好给出上下界
            # 指标编号见 securitycheck rules list --controls，某一项的说明见 securitycheck explain NET-2
            # 远程管理的端口在 endpoints 里写 purpose: management
            # 下面各段的 evidence 写 materials 里文件的编号：没有附上文件的回答不提高下界，也不确认或排除高风险

            # 测评对象：不写则每个端点、主机、密码样本各自算一个对象
            # 把产品清单、密钥文件、随机数等样本列进 targets，它们的问题就算在这个对象的 D、A、K 上，产品等级算进 Rk
            # cryptoObjects:
            # - id: citizen-channel
            #   title: 互联网用户访问门户的通道
            #   units: [NET-1, NET-2, NET-3]
            #   targets: [endpoint:endpoint-1, crypto-sample:product-list]

            # 人工回答：D 密码使用有效、A 算法合规、K 密钥管理安全，是 | 否，不知道就不写；实测的“否”不能推翻
            # 管理类指标写 verdict：符合 | 部分符合 | 不符合
            # cryptoAnswers:
            # - id: ca-1
            #   units: [NET-1, NET-2, NET-3]
            #   object: citizen-channel
            #   K: 是
            #   statement: 密钥由二级密码模块产生和保存
            #   evidence: [module-certificate]
            #   by: 回答人
            #   organisation: 单位
            #   on: 2026-01-20

            # 适用选择（“可”的指标由单位决定；“宜”的指标不适用要有方案论证）
            # cryptoApplicability:
            # - id: cx-1
            #   units: [NET-5]
            #   applies: false
            #   statement: 没有设备从外部接入内网，方案第 4 章已论证
            #   evidence: [crypto-plan]
            #   by: 回答人
            #   organisation: 单位
            #   on: 2026-01-20

            # 信道是否覆盖应用的全部数据（分数弥补，只有 NET-2 与 APP-6、NET-3 与 APP-4）
            # cryptoCoverage:
            # - id: cc-1
            #   from: NET-3
            #   to: APP-4
            #   coversAll: true
            #   evidence: [crypto-plan]
            #   by: 回答人
            #   organisation: 单位
            #   on: 2026-01-20

            # 高风险判定指引：不存在 | 存在 | 已缓解（写 mitigation）；有实测证据的不能说不存在
            # cryptoHighRisks:
            # - id: ch-1
            #   items: ["5.2"]
            #   claim: 不存在
            #   statement: 全部入口只开 TLCP 与 TLS 1.2 以上
            #   evidence: [crypto-report]
            #   by: 回答人
            #   organisation: 单位
            #   on: 2026-01-20

            # 等级保护自评（GB/T 22239-2019）：级别、部署方式、对象清单三个答案定出要问的条目，条目编号见 rules list --controls
            # extensions：采用了 mobile 移动互联、iot 物联网 就列出，都没有写 []，不写就是不知道；政务云与混合部署自动加云计算扩展
            # objects：列表，或 CSV 文件（表头 id,title,kind,targets）；kind：room 机房 | boundary 区域边界 | network-device 网络设备
            #   security-device 安全设备 | server 服务器 | terminal 终端 | database 数据库 | platform 管理平台 | application 应用系统 | data 数据资源
            # answers：securitycheck answers new candidate.yaml 写出的答题文件，填好并检查后写在这里
            # protection:
            #   informationLevel: 3
            #   serviceLevel: 3
            #   extensions: []
            #   objectsComplete: false
            #   objects:
            #   - id: portal-app
            #     title: 门户应用
            #     kind: application
            #     targets: [endpoint:endpoint-1]
            #   answers: answers.yaml

            """);
        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>A walk begins at a host that is named among the endpoints.</summary>
    private static string Start(InitAnswers answers) => (answers.Addresses[0].Contains("://", StringComparison.Ordinal) ? answers.Addresses[0] : $"https://{answers.Addresses[0]}").TrimEnd('/');

    private static string Tail(int index) => index == 0
        ? """
            # title: 门户            # 给人看的名称
            # protocol: https        # https | http | tls（非 HTTP 的 TLS 端口）
            # serverName: portal.example.cn   # 与地址不同的 TLS 服务器名称
            # path: /login           # 看安全头用的路径
            # authorization: env:PORTAL_AUTHORIZATION   # 只写出处，不写明文


          """
        : "\n";

    /// <summary>Double-quoted YAML is JSON: whatever was typed stays text.</summary>
    private static string Quote(string text) => JsonSerializer.Serialize(text, ObservationJson.Compact);
}
