using System.Text.Json.Nodes;
using SmartCity.SecurityCheck.Model;
using static SmartCity.SecurityCheck.Pipeline.CandidateSchema;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>The part of the schema about what people say of the system's cryptography.</summary>
internal static class CryptoStatementSchema
{
    public static IEnumerable<(string, JsonObject)> Lists() =>
    [
        ("cryptoObjects", List("密评的测评对象；没有列的端点、主机与样本各自算一个对象", Record(
            "测评对象",
            ["id", "title", "units"],
            [Id(), ("title", Words("给人看的名称")), Units(), ("targets", List("属于该对象的目标", Words("目标，如 endpoint:portal")))]))),
        ("cryptoAnswers", List("密评的人工回答", Record("回答", ["id", "units", "by", "organisation", "on"], Answer()))),
        ("cryptoApplicability", List("指标是否适用；不适用须写理由", Record(
            "适用选择",
            ["id", "units", "applies", "by", "organisation", "on"],
            [Id(), Units(), ("applies", Flag("是否适用")), .. Signed()]))),
        ("cryptoCoverage", List("一个指标的保护是否覆盖另一个指标的全部数据（分数弥补用）", Record(
            "覆盖说明",
            ["id", "from", "to", "coversAll", "by", "organisation", "on"],
            [Id(), ("from", Words("提供保护的指标")), ("to", Words("得到弥补的指标")), ("coversAll", Flag("是否覆盖全部数据")), .. Signed()]))),
        ("cryptoHighRisks", List("对高风险判定指引各项的回答", Record("高风险回答", ["id", "items", "claim", "by", "organisation", "on"], HighRisk()))),
    ];

    private static (string, JsonObject)[] Answer() =>
    [
        Id(), Units(),
        ("object", Words("测评对象的编号或目标；整个指标则不写")),
        ("D", YesNo("密码使用有效")), ("A", YesNo("算法、技术合规")), ("K", YesNo("密钥管理安全")),
        ("strengthBits", Whole("在用的最弱算法的安全强度（位），用于 Ra", 0, 1024)),
        ("moduleLevel", Whole("在用的认证密码模块的等级（GB/T 37092），没有写 0；其余密钥管理要求都满足时才填，用于 Rk", 0, 4)),
        ("verdict", Choice("管理类指标的结论", new[] { Verdict.Satisfied, Verdict.Partial, Verdict.NotSatisfied }.Select(v => v.Name()))),
        ("faq", List("对 FAQ 要点的回答，作用由规则数据给出", Words("要点编号、空格、回答，如 FAQ-23 磁盘加密；有哪些见 securitycheck explain 单元编号"))),
        .. Signed(),
    ];

    private static (string, JsonObject)[] HighRisk() =>
    [
        Id(), ("items", List("指引的项号", Words("项号，如 5.2"))), ("claim", Choice("回答", CryptoStatementReader.Claims.Select(c => c.Word))),
        ("mitigation", Words("缓解措施的编号，claim 为“已缓解”时写")), .. Signed(),
    ];

    private static (string, JsonObject)[] Signed() =>
    [
        ("by", Words("回答人")), ("organisation", Words("单位")), ("on", Day("日期")), ("statement", Words("说明或理由")),
        ("evidence", List("证据：materials 里文件的编号；没有附上文件的回答不提高下界，也不确认或排除高风险", Words("材料编号，如 crypto-plan"))),
    ];

    private static (string, JsonObject) Units() => ("units", List("指标编号", Words("指标编号，如 NET-2")));

    private static JsonObject YesNo(string description) => Choice($"{description}；不知道就不写", ["是", "否"]);
}
