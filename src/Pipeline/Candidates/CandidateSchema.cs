using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>JSON Schema (2020-12) of candidate.yaml for editors. The reader is the authority; a test holds the two together.</summary>
public static class CandidateSchema
{
    private const string Identifier = "^[a-z0-9][a-z0-9.-]{0,63}$";

    public static string Text => JsonSerializer.Serialize(Build(), ObservationJson.Options) + "\n";

    private static JsonObject Build()
    {
        var schema = Record("被测系统的描述", ["candidate", "name", "kind", "classified"], Head());
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema["title"] = "candidate.yaml";
        return schema;
    }

    private static (string, JsonObject)[] Head() =>
    [
        ("candidate", Pattern("系统编号，用于目录名", Identifier)),
        ("name", Words("系统名称")),
        ("ownerUnit", Words("项目业主单位")),
        ("systemVersion", Words("系统版本，与材料里写的一致")),
        ("milestones", Record("项目节点", [], [("trialStart", Day("试运行开始")), ("trialEnd", Day("试运行结束")), ("completedOn", Day("建设完成")), ("appliedOn", Day("申请验收"))])),
        ("builder", Words("承建单位")),
        ("kind", Choice("系统类别", CandidateWords.Kinds.Select(k => k.Word))),
        ("protectionLevel", Whole("等级保护定级", 1, 4)),
        ("cryptoLevel", Whole("密码应用等级", 1, 4)),
        ("classified", Flag("是否涉密；涉密系统不得使用本工具")),
        ("deployment", Choice("部署方式", CandidateWords.Deployments.Select(d => d.Word))),
        ("profile", Pattern("验收办法编号", Identifier)),
        .. Trust(),
        ("endpoints", List("网络端点", Record("端点", ["id", "address"], Endpoint()))),
        ("hosts", List("主机", HostRecord())),
        ("sourceTrees", List("源代码目录", Record("源代码目录", ["id", "path"], [.. Located(), ("osv", Words("漏洞库：OSV 记录的目录或 zip，用来比较第三方组件")), ("suppressions", Words("抑制：说明哪些缺陷不算、为什么、谁复核、到哪天的文件")), ("baseline", Words("基线：probe code --write-baseline 写的文件，用来分出新增与既有")), ("history", Flag("是否连版本历史（.git）一起查密钥与口令")), ProjectFlowSchema.Member()]))),
        ("archivePackages", List("归档信息包", Record("归档信息包", ["id", "path"], Archive()))),
        ("cryptoSamples", List("密码样本", Record("密码样本", ["id", "sampleKind", "path"], [.. Located(), ("sampleKind", Choice("样本种类", CryptoSampleKinds.All.Select(f => f.Word))), ("settings", Settings())]))),
        ("materials", List("验收材料", Record("材料", ["id", "kind", "path"], [.. Located(), ("kind", Words("材料种类，与验收办法里的名称一致")), ("issuedOn", Day("出具日期"))]))),
        ("webFlows", List("业务流程", Record("流程", ["id", "start"], [Id(), Title(), ("start", Words("起始网址")), ("flow", Words("流程文件"))]))),
        ("exposure", List("暴露面：要从本机看端口的主机", Record("主机", ["id", "address"], Exposure()))),
        ("imports", List("外部工具的报告，作为旁证", Record("报告", ["id", "tool", "path"], [.. Located(), ("tool", Choice("哪个工具写的", ForeignWords.Tools.Select(t => t.Word))), ("host", Pattern("说的是 hosts 里的哪一台", Identifier)), ("sourceTree", Pattern("tool 为 sarif 时：扫的是 sourceTrees 里的哪一个；只有一个时可以不写", Identifier))]))),
        ("waivers", List("豁免", Record("豁免", ["id", "requirement", "justification", "approvedBy", "expiresOn"], Waiver()))),
        ("attestations", List("人工确认", Record("人工确认", ["id", "requirement", "verdict", "by", "organisation", "on"], Attestation()))),
        .. CryptoStatementSchema.Lists(),
        ("protection", ProtectionSchema.Record()),
    ];

    private static (string, JsonObject)[] Endpoint() =>
    [
        Id(), Title(),
        ("address", Words("主机:端口 或网址")),
        ("protocol", Choice("端口上的协议", ["https", "http", "tls"])),
        ("purpose", Choice("谁使用这个端口；management 是远程管理通道", ["business", "management"])),
        ("starttls", Choice("先在哪种协议的对话里升级到 TLS", StartTlsNames.All.Select(p => p.Word()))),
        ("serverName", Words("TLS 服务器名称（SNI）")),
        ("path", Pattern("HTTP 路径", "^/")),
        ("authorization", Pattern("Authorization 头的出处，不得写明文", "^(env|file):.+")),
        ("maxConnections", Whole("同时连接数上限", 1, 64)),
        .. Trust(),
    ];

    private static (string, JsonObject)[] Trust() =>
    [
        ("trustAnchors", List("信任锚：根证书文件（PEM/DER/P7B）", Words("文件路径"))),
        ("intermediates", List("服务器没有发送的中级证书文件", Words("文件路径"))),
        ("crls", List("证书撤销列表（CRL）文件", Words("文件路径"))),
    ];

    private static (string, JsonObject)[] Host() =>
    [
        Id(), Title(), ("address", Words("经 ssh 看：主机 或 主机:端口")), ("bundle", Words("看取证包：collect.sh 产生的 .tgz 文件")),
        ("root", Words("看解开的目录，其顶层相当于 /")), ("local", Constant("看运行本工具的这台机器", true)), ("user", Words("登录名")),
        ("identityFile", Words("ssh 私钥文件")), ("knownHostsFile", Words("known_hosts 文件")),
        ("databases", List("这台主机上数据库的 SQL 脚本输出（securitycheck collect --sql 产品 打印脚本）", Words("文件路径"))),
    ];

    private static (string, JsonObject)[] Archive() =>
    [
        .. Located(), ("profile", Words("信息包规范：规则里的编号（如 p-zwfw），或自己写的 .yaml 文件")), ("stage", Choice("环节：gd 归档，yj 移交与接收，cq 长期保存", ArchiveStages.All.Select(s => s.Word))),
        ("register", Words("登记表：XML、xlsx 或 CSV 文件")), ("transferList", Words("移交目录：不在包旁边时给出")),
        ("scheme", Words("元数据方案：规则里的编号（如 dat46-2009），或自己写的 .yaml 文件")), ("trustRoots", List("信任根：PEM 或 DER 文件", Words("文件路径"))),
        ("detectionResults", Words("被测系统自己的检测结果：archive defects make 写出的结果表，填好")), ("detectionKey", Words("植入清单：与 detectionResults 一起给出")),
        ("revocations", List("签章者证书的撤销信息：CRL 或 OCSP 应答文件；不给就没有查撤销", Words("文件路径"))),
    ];

    private static (string, JsonObject)[] Exposure() =>
    [
        Id(), Title(), ("address", Words("主机名或 IP，只写一台；网段与范围不接受")), ("host", Pattern("与 hosts 里的哪一台是同一台", Identifier)),
        ("ports", List("声明对外开放的 TCP 端口：数字或 起-止；一个也不该开写 []，不写是没有声明", PortOrRange())),
        ("scan", List("要看的 TCP 端口；不写则看规则里的端口与声明的端口", PortOrRange())),
        ("tool", Choice("用什么看：auto 有 nmap 用 nmap，connect 只用内置连接", ExposureReader.Tools.Select(t => t.Word))),
    ];

    private static JsonObject PortOrRange() => new() { ["type"] = new JsonArray("integer", "string"), ["description"] = "端口，或 起-止" };

    private static (string, JsonObject)[] Waiver() =>
    [
        Id(), ("requirement", Words("要求编号")), ("target", Words("目标，如 endpoint:portal；缺省为全部")),
        ("justification", Words("理由")), ("approvedBy", Words("批准人")), ("expiresOn", Day("到期日")),
    ];

    private static (string, JsonObject)[] Attestation() =>
    [
        Id(), ("requirement", Words("要求编号，或 条款编号/材料名称")), ("target", Words("目标")),
        ("verdict", Choice("结论", new[] { Verdict.Satisfied, Verdict.Partial, Verdict.NotSatisfied, Verdict.NotApplicable }.Select(v => v.Name()))),
        ("by", Words("确认人")), ("organisation", Words("单位")), ("on", Day("日期")), ("statement", Words("说明；不适用须写理由")),
        ("evidence", List("依据：materials 里文件的 id，一份文件可以用于多项材料", Words("文件的 id 或证据编号"))),
    ];

    /// <summary>The union over all kinds: which of them a kind takes, the reader says.</summary>
    private static JsonObject Settings() => Record(
        "样本说明，因种类而异",
        [],
        [.. CryptoSampleKinds.All.SelectMany(f => f.Settings.Select(s => (Form: f, Setting: s))).GroupBy(s => s.Setting.Name, StringComparer.Ordinal)
            .Select(g => (g.Key, Words(string.Join("；", g.Select(s => $"{s.Form.Title}：{s.Setting.Meaning}{(s.Setting.Words.Count > 0 ? $"（{s.Setting.Choices}）" : "")}")))))]);

    private static (string, JsonObject)[] Located() => [Id(), Title(), ("path", Words("文件或目录的路径"))];

    internal static (string, JsonObject) Id() => ("id", Pattern("编号", Identifier));

    private static (string, JsonObject) Title() => ("title", Words("给人看的名称"));

    internal static JsonObject Words(string description) => new() { ["type"] = "string", ["description"] = description };

    private static JsonObject Pattern(string description, string pattern) => new() { ["type"] = "string", ["description"] = description, ["pattern"] = pattern };

    internal static JsonObject Whole(string description, int least, int most) =>
        new() { ["type"] = "integer", ["description"] = description, ["minimum"] = least, ["maximum"] = most };

    internal static JsonObject Flag(string description) => new() { ["type"] = "boolean", ["description"] = description };

    private static JsonObject Constant(string description, bool value) => new() { ["const"] = value, ["description"] = description };

    /// <summary>Exactly one of the keys.</summary>
    /// <summary>One source of the host; none of them where only outputs of database scripts were handed in.</summary>
    private static JsonObject HostRecord()
    {
        static JsonObject Needs(string key) => new() { ["required"] = new JsonArray(key) };
        string[] sources = ["address", "bundle", "root", "local"];
        var record = Record("主机", ["id"], Host());
        var alone = Needs("databases");
        alone["not"] = new JsonObject { ["anyOf"] = new JsonArray([.. sources.Select(s => (JsonNode)Needs(s))]) };
        record["oneOf"] = new JsonArray([.. sources.Select(s => (JsonNode)Needs(s)), alone]);
        return record;
    }

    internal static JsonObject Day(string description) => new() { ["type"] = "string", ["description"] = description, ["format"] = "date" };

    internal static JsonObject Choice(string description, IEnumerable<string> words) =>
        new() { ["description"] = description, ["enum"] = new JsonArray([.. words.Select(w => (JsonNode)JsonValue.Create(w))]) };

    internal static JsonObject List(string description, JsonObject items) => new() { ["type"] = "array", ["description"] = description, ["items"] = items };

    internal static JsonObject Record(string description, string[] required, (string Name, JsonObject Shape)[] members)
    {
        var properties = new JsonObject();
        foreach (var (name, shape) in members)
        {
            properties[name] = shape;
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["description"] = description,
            ["additionalProperties"] = false,
            ["required"] = new JsonArray([.. required.Select(r => (JsonNode)JsonValue.Create(r))]),
            ["properties"] = properties,
        };
    }
}
