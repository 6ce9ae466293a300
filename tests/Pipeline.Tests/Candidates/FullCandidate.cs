using System.Text;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>A candidate.yaml with every key there is, and the files it names.</summary>
internal sealed class FullCandidate : IDisposable
{
    public const string SecretVariable = "SECURITYCHECK_TEST_FULL_CANDIDATE";
    public const string SecretValue = "Bearer full-candidate-token";

    public const string Text = """
        candidate: service-portal
        name: 政务服务办理系统
        ownerUnit: 项目业主单位
        builder: 承建单位
        kind: government-service
        protectionLevel: 3
        cryptoLevel: 3
        classified: false
        deployment: government-cloud
        profile: luojiang-2025
        endpoints:
        - id: portal
          title: 门户
          address: portal.example.cn:443
          protocol: tls
          purpose: management
          serverName: portal.example.cn
          path: /login
          authorization: env:SECURITYCHECK_TEST_FULL_CANDIDATE
          maxConnections: 2
          trustAnchors: [ca/own.pem]
          intermediates: [ca/sub.pem]
          crls: [ca/root.crl]
          starttls: smtp
        hosts:
        - id: app
          title: 应用服务器
          address: 10.0.0.5:22
          user: inspector
          identityFile: keys/inspector
          knownHostsFile: keys/known_hosts
        - {id: db, bundle: collected/db.tgz, databases: [collected/postgresql.txt]}
        - id: image
          root: image
        - id: here
          local: true
        sourceTrees:
        - id: portal-src
          path: src
        - {id: gateway-src, title: 网关源码, path: src,
           osv: src, history: true, baseline: code, suppressions: code/suppressions.yaml, flows: {sources: [{type: a.Envelope, call: body, kind: 报文}], entries: [{annotation: a.Open, kind: 开放接口}], sinks: [{type: a.Db, call: run, at: 0, weakness: sql}, {type: a.Db, call: all, at: -1 2, weakness: sql}], sanitizers: [{type: a.Safe, call: html, cleans: xss, reason: 理由, author: 某人, until: 2026-12-31}, {type: a.Safe, call: ok, guards: sql, at: 0, reason: 理由, author: 某人, until: 2026-12-31}]}}
        archivePackages:
        - id: sample-package
          title: 样例信息包
          path: packages
        - {id: own-package, path: packages, profile: code/package.yaml, stage: yj, register: packages/p.zip, transferList: packages/p.zip, scheme: dat46-2009, trustRoots: [ca/root.pem], revocations: [ca/root.crl], detectionResults: packages/p.zip, detectionKey: packages/p.zip}
        cryptoSamples:
        - id: random-bits
          title: 随机数
          sampleKind: random
          path: random.bin
          settings: {}
        materials:
        - id: crypto-report
          title: 密评报告
          kind: 密码应用安全性评估报告
          path: materials/report.pdf
          issuedOn: 2026-01-15
        webFlows:
        - id: login
          start: https://portal.example.cn/login
        - {id: archive, title: 归档, start: https://portal.example.cn/archive, flow: flows/archive.yaml}
        waivers:
        - id: w-1
          requirement: HTTP-01
          target: endpoint:portal
          justification: 网关统一加头
          approvedBy: 批准人
          expiresOn: 2026-12-31
        attestations:
        - id: a-1
          requirement: LJ-22-1/政务数据目录
          target: endpoint:portal
          verdict: 符合
          by: 确认人
          organisation: 单位
          on: 2026-01-20
          statement: 已核对
          evidence:
          - ev-0123456789abcdef
        cryptoObjects:
        - id: citizen-channel
          title: 互联网用户访问门户的通道
          units: [NET-1, NET-2, NET-3]
          targets: [endpoint:portal]
        cryptoAnswers:
        - id: ca-1
          units: [NET-2, NET-3]
          object: citizen-channel
          D: 是
          A: 否
          K: 是
          strengthBits: 128
          moduleLevel: 1
          verdict: 部分符合
          faq: [FAQ-13.1 双向已认证]
          by: 回答人
          organisation: 单位
          on: 2026-01-20
          statement: 网关已认证
          evidence: [网关证书.pdf]
        cryptoApplicability:
        - id: cx-1
          units: [NET-5]
          applies: false
          by: 回答人
          organisation: 单位
          on: 2026-01-20
          statement: 没有外联设备接入
          evidence: [拓扑图.pdf]
        cryptoCoverage:
        - id: cc-1
          from: NET-3
          to: APP-4
          coversAll: true
          by: 回答人
          organisation: 单位
          on: 2026-01-20
          statement: 全部数据都经该通道
          evidence: [数据流图.pdf]
        cryptoHighRisks:
        - id: ch-1
          items: ["7.2"]
          claim: 已缓解
          mitigation: m1
          by: 回答人
          organisation: 单位
          on: 2026-01-20
          statement: 应用层已加密
          evidence: [方案.pdf]
        trustAnchors:
        - ca/root.pem
        intermediates: [ca/sub.pem]
        crls: [ca/root.crl]

        protection:
          informationLevel: 3
          serviceLevel: 2
          extensions: [mobile]
          objectsComplete: true
          objects:
          - id: core-switch
            title: 核心交换机
            kind: network-device
            targets: []
        exposure:
        - id: app-ports
          title: 应用服务器的端口
          address: 10.0.0.5
          host: app
          ports: [22, 8000-8010]
          scan: [1-1024]
          tool: connect
        imports:
        - id: lynis-app
          title: Lynis 报告
          tool: lynis
          host: app
          path: collected/report.dat
        - id: code-scan
          tool: sarif
          sourceTree: portal-src
          path: collected/scan.sarif
        systemVersion: V2.1
        milestones: {trialStart: 2026-01-05, trialEnd: 2026-02-10, completedOn: 2026-02-10, appliedOn: 2026-03-01}
        """;

    private static readonly ForgedKey Key = ForgedKey.Ecdsa();
    private readonly TemporaryFolder _folder = new();

    public FullCandidate()
    {
        Environment.SetEnvironmentVariable(SecretVariable, SecretValue);
        foreach (var file in new[] { "keys/inspector", "keys/known_hosts", "src/a.cs", "packages/p.zip", "random.bin", "materials/report.pdf", "collected/db.tgz", "collected/postgresql.txt", "collected/report.dat", "collected/scan.sarif", "image/etc/passwd" })
        {
            _folder.Write(file, "x");
        }

        var root = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Root"), Key);
        _folder.Write("code/suppressions.yaml", "suppressions:\n- {rule: GM-03-jca, file: src/A.java, reason: 只作缓存键, reviewer: 评审组, until: 2026-12-31}\n");
        _folder.Write("flows/archive.yaml", "probe: 归档功能\nsteps:\n- {id: menu, 做: 点击菜单, 路径: [电子文件归档, 归档管理], 证明: F-01}\n");
        _folder.Write("code/package.yaml", "package-profile: own\nversion: \"1\"\ntitle: 自己的规范\nsource: 自定\nconfidence: 待核\nform: files\nmetadata: 元数据.xml\nregister: {count: [件数], bytes: [字节数]}\n");
        _folder.Write("ca/root.pem", root.Pem);
        _folder.Write("ca/own.pem", ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Own"), Key).Pem);
        _folder.Write("ca/sub.pem", root.Issue(CertificateForm.Authority("CN=Sub"), Key).Pem);
        File.WriteAllBytes(_folder.File("ca/root.crl"), ForgedStatus.List(root, CertificateForm.Now, CertificateForm.Now.AddDays(7), [1]));
    }

    public string Folder => _folder.Path;

    public Candidate Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public Candidate Read(byte[] bytes) => CandidateReader.Read(YamlText.ReadMapping("candidate.yaml", bytes), Folder, CandidateReading.ForRun);

    public IReadOnlyList<InputFault> FaultsOf(string text) => Assert.Throws<InputFaultException>(() => Read(text)).Faults;

    public void Dispose() => _folder.Dispose();
}
