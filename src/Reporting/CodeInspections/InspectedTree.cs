using System.Globalization;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>Gathers what the probes of a source tree saw.</summary>
internal static class InspectedTree
{
    private const string NotClassified = "未归类";

    public static CodeInspection Describe(EvidencePack pack, SourceTree tree)
    {
        var records = pack.Outcomes.Where(o => o.TargetId == tree.TargetId).OrderBy(o => o.ProbeId, StringComparer.Ordinal).ToList();
        var data = records.Select(r => r.Outcome).OfType<Observed>().SelectMany(o => o.Observations).ToLookup(o => o.Kind, o => o.Data, StringComparer.Ordinal);
        var imported = InspectedImports.Of(pack, tree);
        var merged = MergedDefects.Of(data.Where(g => g.Key != "code.defect-register").SelectMany(g => g).SelectMany(SeenDefect.AllOf), imported.SelectMany(SeenDefect.AllOf), pack.Kin);
        var register = data["code.defect-register"].FirstOrDefault();
        List<string> failures = [.. InspectedGaps.Failures(records, r => InspectedGaps.TitleOf(pack, r)).Distinct(StringComparer.Ordinal)];
        List<string> doubts = [.. failures, .. InspectedGaps.Of(pack, records, data), .. InspectedImports.Gaps(pack, tree)];
        var active = merged.Where(d => !d.IsSuppressed).ToList();
        return new CodeInspection
        {
            TargetId = tree.TargetId,
            IsBuilt = data["code.csharp"].Any(d => d.ValueKind == JsonValueKind.Object && d.TryGetProperty("build", out var build) && build.ValueKind == JsonValueKind.Object),
            Scope = [.. InspectedScope.Facts(data)],
            Languages = [.. data["code.source-scope"].SelectMany(d => d.Items("languages")).Select(l => new InspectedLanguage(InspectedScope.Word(pack, "languages", "language", l.Text("language")), l.Number("files") ?? 0, l.Number("lines") ?? 0))],
            Engines = [.. InspectedScope.Engines(pack, data, imported)],
            Defects = active,
            Suppressed = [.. merged.Where(d => d.IsSuppressed)],
            WithoutEffect = [.. register.Items("withoutEffect").Select(SeenSuppression.Of)],
            WithoutEffectCount = Math.Max(register.Number("withoutEffectCount") ?? 0, register.Items("withoutEffect").Count()),
            WithoutDefect = [.. register.Items("withoutDefect").Select(SeenSuppression.Of)],
            StandingWords = InspectedScope.Words(pack, "code.defect-register", "withoutEffect", "standing"),
            Counts = Count(pack, active),
            BaselineOf = register.Text("baselineOf"),
            Vanished = VanishedOf(register),
            VanishedCount = GoneOf(register),
            Reach = ReachOf(data, imported.Count, doubts.Count),
            Failures = failures,
            Doubts = [.. doubts.Skip(failures.Count).Distinct(StringComparer.Ordinal)],
            NotChecked = [.. doubts.Concat(InspectedGaps.Beside(pack, records, data)).Distinct(StringComparer.Ordinal)],
        };
    }

    public static CodeInspection Bare(string targetId, IReadOnlyList<ProbeRecord> records, IReadOnlyList<WeaknessKin> kin)
    {
        var data = records.Select(r => r.Outcome).OfType<Observed>().SelectMany(o => o.Observations).ToLookup(o => o.Kind, o => o.Data, StringComparer.Ordinal);
        var merged = MergedDefects.Of(data.Where(g => g.Key != "code.defect-register").SelectMany(g => g).SelectMany(SeenDefect.AllOf), [], kin);
        var (failures, doubts) = (InspectedGaps.Failures(records, r => r.ProbeId).ToList(), InspectedGaps.OfData(data).Distinct(StringComparer.Ordinal).ToList());
        var register = data["code.defect-register"].FirstOrDefault();
        return new CodeInspection
        {
            TargetId = targetId, IsBuilt = false, Scope = [], Languages = [], Engines = [], WithoutEffect = [], WithoutEffectCount = 0, WithoutDefect = [], Counts = [], NotChecked = [.. failures, .. doubts],
            StandingWords = new Dictionary<string, string>(StringComparer.Ordinal), Failures = failures, Doubts = doubts,
            Reach = ReachOf(data, 0, failures.Count + doubts.Count), BaselineOf = register.Text("baselineOf"), Vanished = VanishedOf(register), VanishedCount = GoneOf(register),
            Defects = [.. merged.Where(d => !d.IsSuppressed)], Suppressed = [.. merged.Where(d => d.IsSuppressed)],
        };
    }

    private static LookedAt ReachOf(ILookup<string, JsonElement> data, int imported, int doubts) =>
        !data.Any(g => InspectedGaps.Engines.ContainsKey(g.Key)) && imported == 0 ? LookedAt.Nowhere : doubts > 0 ? LookedAt.InPart : LookedAt.Wholly;

    private static IReadOnlyList<VanishedDefect>? VanishedOf(JsonElement register) =>
        register.HasList("vanished") ? [.. register.Items("vanished").Select(v => new VanishedDefect(v.Text("ruleId") ?? "", v.Text("file") ?? "", v.Text("fingerprint") ?? ""))] : null;

    private static int? GoneOf(JsonElement register) => register.Number("vanishedCount") ?? (register.HasList("vanished") ? register.Items("vanished").Count() : null);

    private static List<DefectCount> Count(EvidencePack pack, List<SeenDefect> defects)
    {
        var headings = pack.DefectClasses.SelectMany(c => c.Weaknesses.Select(w => (w, c.Name))).DistinctBy(p => p.w).ToDictionary(p => p.w, p => p.Name);
        var order = pack.DefectClasses.Select(c => c.Name).Append(NotClassified).ToList();
        return
        [
            .. defects.GroupBy(d => d.Cwe is { } cwe ? headings.GetValueOrDefault(cwe, NotClassified) : NotClassified, StringComparer.Ordinal)
                .OrderBy(g => order.IndexOf(g.Key))
                .Select(g => new DefectCount(g.Key, [.. DefectLevels.All.Select(l => g.Count(d => d.Severity == l))])),
        ];
    }
}

/// <summary>What was read by what, and what was not.</summary>
internal static class InspectedScope
{
    public static IEnumerable<(string Label, string Value)> Facts(ILookup<string, JsonElement> data)
    {
        var scope = data["code.source-scope"].FirstOrDefault();
        var charsets = scope.Items("charsets").Select(c => $"{c.Text("charset")} {Say(c.Number("files"))} 个").ToList();
        yield return ("文件与行数", scope.ValueKind == JsonValueKind.Object ? $"{Say(scope.Number("files"))} 个文件，{Say(scope.Number("lines"))} 行" : "没有读到");
        if (charsets.Count > 0)
        {
            yield return ("字符编码", string.Join("、", charsets));
        }

        if (data["code.csharp"].FirstOrDefault() is { ValueKind: JsonValueKind.Object } csharp)
        {
            var projects = csharp.Items("projects").ToList();
            var calls = projects.Select(p => $"{(p.Text("path") is { Length: > 0 } path ? path : "不属于工程的文件")}{(p.Flag("isTest") == true ? "（测试）" : "")} {(p.Number("resolutionPercent") is { } percent ? $"{Say(percent)}%" : "没有调用或没有做完")}");
            yield return ("C# 工程与类型解析率", projects.Count == 0 ? "没有工程" : string.Join("；", calls));
        }

        if (data["code.java"].SelectMany(d => d.Texts("declared")).ToList() is { Count: > 0 } declared)
        {
            yield return ("项目声明的 Java 数据流规则", string.Join("；", declared));
        }

        if (data["code.dependencies"].FirstOrDefault() is { ValueKind: JsonValueKind.Object } parts)
        {
            var database = parts.TryGetProperty("database", out var dump) && dump.ValueKind == JsonValueKind.Object ? dump : default;
            yield return ("第三方组件", $"读到 {Say(parts.Number("componentCount"))} 个，来自 {parts.Texts("manifests").Count()} 份清单{(parts.Flag("isWhole") == true ? "" : "；清单没有读全")}");
            yield return ("漏洞库", database.ValueKind == JsonValueKind.Object ? $"{Say(database.Number("records"))} 条记录，最新 {database.Text("newest") ?? "未写明"}，SM3 {database.Text("sm3")}" : "没有提供，组件漏洞未检测");
        }
    }

    public static IEnumerable<InspectingEngine> Engines(EvidencePack pack, ILookup<string, JsonElement> data, List<JsonElement> imported)
    {
        foreach (var engine in data["code.csharp"].SelectMany(d => d.Items("engines")))
        {
            yield return new InspectingEngine(engine.Text("name") ?? "?", engine.Text("version"), engine.Text("trouble") ?? $"启用 {Say(engine.Number("rules"))} 条规则{(engine.Number("crashes") is > 0 and var crashes ? $"，内部出错 {Say(crashes)} 次" : "")}");
        }

        foreach (var rules in pack.Rules.Files.Where(f => f.Reference.File.StartsWith("code-security/", StringComparison.Ordinal)).OrderBy(f => f.Reference.File, StringComparer.Ordinal))
        {
            yield return new InspectingEngine(rules.Reference.Id, rules.Reference.Version, $"规则文件 {rules.Reference.File}");
        }

        foreach (var tool in imported.SelectMany(d => d.Items("tools")))
        {
            yield return new InspectingEngine($"{tool.Text("name")}（导入）", tool.Text("version"), "其他扫描器的 SARIF，由提交者运行，本工具没有核实它看了什么");
        }
    }

    /// <summary>A word of a closed list of the scope, as the probe's labels say it.</summary>
    public static string Word(EvidencePack pack, string list, string field, string? word) => word is null ? "？" : Words(pack, "code.source-scope", list, field).GetValueOrDefault(word) ?? word;

    /// <summary>What a probe's labels say for the values of a field of the records of a list.</summary>
    public static IReadOnlyDictionary<string, string> Words(EvidencePack pack, string probe, string list, string field) =>
        LabelsOf(pack, probe).FirstOrDefault(l => l.Field == list)?.Members.FirstOrDefault(m => m.Field == field)?.Words ?? new Dictionary<string, string>(StringComparer.Ordinal);

    public static IReadOnlyList<FieldLabel> LabelsOf(EvidencePack pack, string probe) => pack.Run.Probes.FirstOrDefault(p => p.Id == probe)?.Labels ?? [];

    public static string Say(int? number) => number?.ToString("#,0", CultureInfo.InvariantCulture) ?? "？";
}
