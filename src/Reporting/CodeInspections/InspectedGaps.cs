using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>What of a source tree was not looked at, or not wholly, for people.</summary>
internal static class InspectedGaps
{
    private const int MostOfEach = 20;

    /// <summary>Probes that look for defects in the tree as it is, and what people call them.</summary>
    public static IReadOnlyDictionary<string, string> Engines { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["code.crypto-defects"] = "密码误用",
        ["code.secrets"] = "密钥与口令",
        ["code.csharp"] = "C# 缺陷",
        ["code.java"] = "Java 缺陷",
    };

    /// <param name="records">Of one tree.</param>
    /// <param name="titleOf">What people call a probe.</param>
    /// <returns>Probes of defects that could not look.</returns>
    public static IEnumerable<string> Failures(IReadOnlyList<ProbeRecord> records, Func<ProbeRecord, string> titleOf) =>
        records.Where(IsOfDefects).Where(r => r.Outcome is Unable).Select(r => (Title: titleOf(r), Unable: (Unable)r.Outcome)).Select(u => $"{u.Title}：{u.Unable.Kind.Name()}，{u.Unable.Message}");

    /// <returns>The same as below, as far as it can be told without a pack.</returns>
    public static IEnumerable<string> OfData(ILookup<string, JsonElement> data) =>
        OfScope(null, data["code.source-scope"].FirstOrDefault()).Concat(data["code.csharp"].SelectMany(OfCSharp)).Concat(data["code.java"].SelectMany(OfJava)).Concat(data["code.crypto-defects"].SelectMany(Unlisted)).Concat(OfDoubts(data));

    /// <returns>Why else there may be defects that no list has.</returns>
    public static IEnumerable<string> Of(EvidencePack pack, IReadOnlyList<ProbeRecord> records, ILookup<string, JsonElement> data) =>
        OfRecords(records, data).Concat(OfScope(pack, data["code.source-scope"].FirstOrDefault())).Concat(data["code.csharp"].SelectMany(OfCSharp)).Concat(data["code.java"].SelectMany(OfJava)).Concat(OfPatterns(pack, data)).Concat(OfDoubts(data));

    /// <returns>What else people should know: left out on purpose, or beside the code as it is.</returns>
    public static IEnumerable<string> Beside(EvidencePack pack, IReadOnlyList<ProbeRecord> records, ILookup<string, JsonElement> data)
    {
        foreach (var record in records)
        {
            if (record.Outcome is NotNeeded spared)
            {
                yield return $"{TitleOf(pack, record)}：{spared.Why}";
            }
            else if (record.Outcome is Unable unable && !IsOfDefects(record))
            {
                yield return $"{TitleOf(pack, record)}：{unable.Kind.Name()}，{unable.Message}";
            }
        }

        var others = LeftOut(pack, data["code.source-scope"].FirstOrDefault(), "leftOut", "有意不读")
            .Concat(Some("改名停用的程序文件，只查了密钥与口令", data["code.source-scope"].SelectMany(d => d.Texts("setAside"))))
            .Concat(data["code.dependencies"].SelectMany(OfDependencies))
            .Concat(Some("版本历史", data["code.secret-history"].SelectMany(d => d.Texts("doubts"))));
        foreach (var gap in others)
        {
            yield return gap;
        }

        yield return "数据流（污点）分析只有 C#（由分析器在方法内进行）和 Java（跨方法，只找所列种类）；其他语言没有注入、越权等缺陷的检查";
    }

    private static IEnumerable<string> OfRecords(IReadOnlyList<ProbeRecord> records, ILookup<string, JsonElement> data)
    {
        foreach (var (id, called) in Engines.Where(e => !data.Contains(e.Key) && !records.Any(r => r.ProbeId == e.Key && r.Outcome is not Observed)))
        {
            yield return $"{called}：没有看";
        }
    }

    /// <param name="pack">Has the words for reasons; null where they are left out.</param>
    /// <param name="scope">As observed, or nothing.</param>
    private static IEnumerable<string> OfScope(EvidencePack? pack, JsonElement scope) => LeftOut(pack, scope, "unread", "应读而未读")
        .Concat(scope.Items("unreadLanguages").Select(p => $"没有规则的语言：{p.Text("extension")} {InspectedScope.Say(p.Number("files"))} 个文件（只查了密钥与口令）"))
        .Concat(Some("没有读全", scope.Texts("unreadBytes").Concat(scope.Texts("unreadByExaminers"))));

    private static IEnumerable<string> LeftOut(EvidencePack? pack, JsonElement scope, string field, string words) =>
        scope.Items(field).Select(p => $"{words}：{(pack is null ? "" : $"{InspectedScope.Word(pack, field, "reason", p.Text("reason"))} ")}{InspectedScope.Say(p.Number("entries"))} 处，如 {string.Join("、", p.Texts("examples"))}");

    private static IEnumerable<string> OfCSharp(JsonElement data)
    {
        if (data.Flag("isComplete") != true)
        {
            yield return $"C# 分析不完整，缺陷只有看到的部分{(data.Flag("hasWebConfig") == true ? "；Web.config 里的设置没有分析器读" : "")}";
        }

        if (data.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        var gaps = Some("C# 工程没有做完", data.Items("projects").Where(p => p.Text("cutBecause") is not null).Select(p => $"{p.Text("path")}，{p.Text("cutBecause")}"))
            .Concat(data.Items("engines").Where(e => e.Flag("hasRun") == false || e.Text("trouble") is not null || e.Number("crashes") > 0)
                .Select(e => $"C# 分析器 {e.Text("name")}：{e.Text("trouble") ?? (e.Flag("hasRun") == false ? "没有运行" : $"内部出错 {InspectedScope.Say(e.Number("crashes"))} 次")}"))
            .Concat(Some("C# 构建", data.TryGetProperty("build", out var build) ? build.Texts("doubts") : []))
            .Concat(Some("C# 没有分析", data.Items("unread").Select(u => $"{u.Text("file")}，{u.Text("why")}")))
            .Concat(Some("C# 工程引用成环，略去", data.Texts("cutReferences")))
            .Concat(Some("分析器不跟踪的页面输出与请求地址", data.Texts("untracedInjection")))
            .Concat(Some("分析器不跟踪的文件路径", data.Texts("untracedFileAccess")));
        foreach (var gap in gaps)
        {
            yield return gap;
        }
    }

    private static IEnumerable<string> OfJava(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var known = data.Number("knownCallsPercent");
        var tests = data.Number("unitTestFiles") ?? 0;
        return (data.Flag("isComplete") == true ? [] : new[] { "Java 数据流分析不完整，缺陷只有看到的部分" })
            .Concat(tests == 0 ? [] : [$"Java 单元测试的源文件（src/test）{InspectedScope.Say(tests)} 个：构建时不打进系统，数据流分析没有看"])
            .Concat(known is null ? [] : [$"Java 的调用中认识的占 {InspectedScope.Say(known)}%，不认识的库里数据流可能断开"])
            .Concat(Some("Java 没有读懂或不在分析之列", data.Items("unread").Select(u => $"{u.Text("file")}，{u.Text("why")}")))
            .Concat(Some("Java 应用的设置没有读或没有读懂", data.Items("unreadSettings").Select(u => $"{u.Text("file")}，{u.Text("why")}")))
            .Concat(Some("Java 没有走完的方法", data.Items("cut").Select(u => $"{u.Text("file")}，{u.Text("why")}")));
    }

    private static IEnumerable<string> OfPatterns(EvidencePack pack, ILookup<string, JsonElement> data)
    {
        foreach (var seen in data["code.crypto-defects"])
        {
            foreach (var gap in Unlisted(seen))
            {
                yield return gap;
            }

            var labels = InspectedScope.LabelsOf(pack, "code.crypto-defects");
            var open = seen.ValueKind != JsonValueKind.Object ? [] : seen.EnumerateObject().SelectMany(p => p.Value.Texts("notCovered").Select(l => (Language: l, Check: labels.FirstOrDefault(f => f.Field == p.Name)?.Label ?? p.Name)));
            foreach (var language in open.GroupBy(o => o.Language, o => o.Check, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                yield return $"密码误用：{language.Key} 没有这些检查的规则：{string.Join("、", language)}";
            }
        }
    }

    private static IEnumerable<string> Unlisted(JsonElement seen) =>
        seen.HasList("defects") ? [] : [$"密码误用：没有看全，或多得列不下，只列出看到的 {seen.Items("seenSoFar").Count()} 处"];

    /// <summary>The register and the search for secrets say the same of one file; once is enough.</summary>
    private static IEnumerable<string> OfDoubts(ILookup<string, JsonElement> data)
    {
        var secrets = data["code.secrets"].SelectMany(d => d.Texts("doubts")).ToList();
        var said = secrets.ToHashSet(StringComparer.Ordinal);
        return Some("密钥与口令", secrets).Concat(Some("缺陷台账", data["code.defect-register"].SelectMany(d => d.Texts("doubts")).Where(d => !said.Contains(d))));
    }

    private static IEnumerable<string> OfDependencies(JsonElement data) => Some("依赖清单", data.Items("gaps").Select(g => $"{g.Text("file")}，{g.Text("reason")}"))
        .Concat(Some("清单里没有间接依赖", data.Texts("withoutTransitive")))
        .Concat(Some("组件漏洞", data.Texts("doubts")))
        .Concat(Some("与著名漏洞名录无法比较", data.Texts("famousUndecided")));

    /// <summary>The first of them, and how many more there are.</summary>
    private static IEnumerable<string> Some(string title, IEnumerable<string> all)
    {
        var list = all.Distinct(StringComparer.Ordinal).ToList();
        return list.Take(MostOfEach).Select(t => $"{title}：{t}").Concat(list.Count > MostOfEach ? [$"{title}：另有 {InspectedScope.Say(list.Count - MostOfEach)} 处"] : []);
    }

    private static bool IsOfDefects(ProbeRecord record) => Engines.ContainsKey(record.ProbeId) || record.ProbeId is "code.source-scope" or "code.defect-register";

    public static string TitleOf(EvidencePack pack, ProbeRecord record) => pack.Run.Probes.FirstOrDefault(p => p.Id == record.ProbeId)?.Title ?? record.ProbeId;
}
