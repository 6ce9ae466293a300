using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>What an owner hands in for classified protection: the bundle of a host, the list of objects, answers with their papers.</summary>
internal static class ProtectionSamples
{
    private const string Answers = "protection/answers.yaml";

    /// <summary>Documents the well-run owner hands in, and the items they answer.</summary>
    private static readonly (string Kind, string Title, string[] Items)[] Papers =
    [
        ("cloud-proof", "政务云平台备案与测评证明", []),
        ("policy", "管理制度汇编", ["PSS-SP-a", "PSS-RU-a", "PSS-RU-b", "PSS-RU-c", "MMS-EN-b", "MMS-EQ-b", "MMS-NS-c"]),
        ("organisation", "领导机构成立文件与岗位职责", ["ORS-PO-a", "ORS-PO-b", "ORS-PO-c", "PSS-PU-a"]),
        ("training", "培训与考核记录", ["HRS-TN-a", "HRS-TN-b", "HRS-TN-c"]),
        ("grading", "定级报告与备案证明", ["CMS-GR-a", "CMS-GR-b", "CMS-GR-c", "CMS-GR-d"]),
        ("emergency", "应急预案与演练记录", ["MMS-EP-a", "MMS-EP-b", "MMS-EP-c", "MMS-EP-d"]),
    ];

    /// <returns>The <c>hosts:</c> and <c>protection:</c> of candidate.yaml.</returns>
    public static string Write(DemoSamples samples, DemoVariant variant, TimeProvider clock)
    {
        var bundle = samples.File("hosts/app.tgz", HostBundle.Create(variant, clock));
        var answers = samples.File(Answers, variant == DemoVariant.WellRun ? Answered(samples, clock) : Careless(clock));
        return $"""
            hosts:
            - id: app
              title: 应用服务器
              bundle: {DemoSamples.Quoted(bundle)}
            protection:
              informationLevel: 3
              serviceLevel: 3
              extensions: []
              objectsComplete: {(variant == DemoVariant.WellRun ? "true" : "false")}
              objects:
              - {"{"}id: app-server, title: 应用服务器, kind: server, targets: ["host:app"]{"}"}
              - {"{"}id: portal-app, title: 门户应用, kind: application, targets: ["endpoint:portal"]{"}"}
              answers: {DemoSamples.Quoted(answers)}

            """.ReplaceLineEndings("\n");
    }

    /// <summary>A yes without a paper, which does not count, and a no.</summary>
    private static string Careless(TimeProvider clock) => $"""
        answers: demo-careless
        items:
        - item: PSS-RU-a
          verdict: 符合
          by: 演示回答人
          organisation: 演示业主单位
          on: {Day(clock)}
          statement: 制度有，文件还没有找到
        - item: MMS-EP-c
          verdict: 不符合
          by: 演示回答人
          organisation: 演示业主单位
          on: {Day(clock)}
          statement: 没有做过演练

        """.ReplaceLineEndings("\n");

    private static string Answered(DemoSamples samples, TimeProvider clock)
    {
        var text = new StringBuilder("answers: demo-well-run\ndocuments:\n");
        foreach (var (kind, title, _) in Papers)
        {
            var content = Encoding.UTF8.GetBytes($"{title}（演示用的文件，没有实际内容）\n");
            samples.File($"protection/{kind}.txt", content);
            text.Append(CultureInfo.InvariantCulture, $"- {{id: {kind}, kind: {kind}, file: {kind}.txt, sha256: {Convert.ToHexStringLower(SHA256.HashData(content))}, issuedOn: {Day(clock)}}}\n");
        }

        text.Append("items:\n");
        foreach (var (kind, item) in Papers.SelectMany(p => p.Items.Select(i => (p.Kind, i))))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {{item: {item}, verdict: 符合, by: 演示回答人, organisation: 演示业主单位, on: {Day(clock)}, documents: [{kind}]}}\n");
        }

        return text.ToString();
    }

    /// <summary>Of Beijing.</summary>
    private static string Day(TimeProvider clock) => Model.BeijingTime.DayOf(clock.GetUtcNow()).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
