using System.Globalization;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probes.CodeSecurity;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>What was seen of source trees, for people: how much was read, every defect of every engine in one list, cryptography, components.</summary>
internal static class CodeOverview
{
    private const int ShownDefects = 60;
    private const int ShownRows = 20;
    private const int MessageCap = 160;

    private static readonly string[] Severities = ["critical", "major", "minor", "info"];

    private static readonly string[] SeverityWords = ["高风险", "重要", "一般", "提示"];

    private static readonly Lazy<Dictionary<string, string>> Words = new(() => Flat(FieldLabel.Of(typeof(SourceScope)))
        .SelectMany(l => l.Words).DistinctBy(w => w.Key, StringComparer.Ordinal).ToDictionary(w => w.Key, w => w.Value, StringComparer.Ordinal));

    /// <param name="records">Without what was left out.</param>
    /// <param name="targets">Source trees.</param>
    public static void Write(IReadOnlyList<ProbeRecord> records, IReadOnlyList<Target> targets)
    {
        foreach (var target in targets)
        {
            var own = records.Where(r => r.TargetId == target.TargetId).ToList();
            var seen = own.Select(r => r.Outcome).OfType<Observed>().SelectMany(o => o.Observations)
                .GroupBy(o => o.Kind, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Data, StringComparer.Ordinal);
            Terminal.Out.Write(new Rule($"[bold]{Markup.Escape(Printable.Of(target.DisplayName))}[/]") { Justification = Justify.Left });
            Scope(seen);
            Defects(seen);
            Cryptography(seen);
            Components(seen);
            Projects(seen);
            foreach (var unable in own.Where(r => r.Outcome is Unable))
            {
                Line($"未核验  {unable.ProbeId}：{((Unable)unable.Outcome).Message}");
            }
        }

        Line("没有命中只说明这些规则没有看到，不等于没有缺陷；全部观测用 --json 取得，SBOM 与清单用 --evidence 存下。");
    }

    private static void Scope(Dictionary<string, JsonElement> seen)
    {
        if (!seen.TryGetValue("code.source-scope", out var scope))
        {
            return;
        }

        Line($"读了 {scope.Number("files")} 个文件、{scope.Number("lines")} 行："
            + string.Join("、", scope.Items("languages").Select(l => $"{Said(l.Word("language"))} {l.Number("lines")} 行")));
        foreach (var (title, field) in new[] { ("有意不读", "leftOut"), ("应读而未读", "unread") })
        {
            if (scope.Items(field) is { Count: > 0 } some)
            {
                Line($"{title}：{string.Join("；", some.Select(l => $"{Said(l.Word("reason"))} {l.Number("entries")} 处，例如 {string.Join("、", l.Items("examples").Take(3).Select(e => e.GetString()))}"))}");
            }
        }
    }

    private static void Defects(Dictionary<string, JsonElement> seen)
    {
        var defects = seen.Values.SelectMany(Found).DistinctBy(d => (d.Word("ruleId"), d.Word("file"), d.Number("line")))
            .OrderBy(d => Array.IndexOf(Severities, d.Word("severity"))).ThenBy(d => d.Word("file"), StringComparer.Ordinal).ThenBy(d => d.Number("line")).ToList();
        if (defects.Count == 0)
        {
            Line("缺陷：没有命中。");
            return;
        }

        Line($"缺陷 {defects.Count} 处：{string.Join("、", Severities.Select((s, i) => $"{SeverityWords[i]} {defects.Count(d => d.Word("severity") == s)}"))}");
        var table = new Table().Border(TableBorder.Rounded).Expand();
        table.AddColumn(new TableColumn("等级").NoWrap());
        table.AddColumn(new TableColumn("规则").Width(13));
        table.AddColumn("位置与说明");
        foreach (var defect in defects.Take(ShownDefects))
        {
            var place = $"{defect.Word("file")}:{defect.Number("line").ToString(CultureInfo.InvariantCulture)}";
            table.AddRow(new Text(SeverityWords[Math.Max(0, Array.IndexOf(Severities, defect.Word("severity")))]), Plain(defect.Word("ruleId")), Plain($"{place}\n{Short(defect.Word("message"))}"));
        }

        Terminal.Out.Write(table);
        if (defects.Count > ShownDefects)
        {
            Line($"另有 {defects.Count - ShownDefects} 处，用 --json 取得。");
        }
    }

    private static void Cryptography(Dictionary<string, JsonElement> seen)
    {
        if (!seen.TryGetValue("code.crypto-use", out var use) || use.Items("algorithms") is not { Count: > 0 } algorithms)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).Title("代码里的密码算法");
        foreach (var column in new[] { "算法", "类别", "处数", "首处" })
        {
            table.AddColumn(column);
        }

        foreach (var one in algorithms.Take(ShownRows))
        {
            table.AddRow(Plain(one.Word("algorithm")), Plain(one.Word("standing")), Plain(one.Number("uses").ToString(CultureInfo.InvariantCulture)), Plain(one.Word("first")));
        }

        Terminal.Out.Write(table);
    }

    private static void Components(Dictionary<string, JsonElement> seen)
    {
        if (!seen.TryGetValue("code.dependencies", out var dependencies))
        {
            return;
        }

        Line($"第三方组件 {dependencies.Number("componentCount")} 个"
            + (dependencies.TryGetProperty("database", out var database) && database.ValueKind == JsonValueKind.Object ? "。" : "；没有给漏洞库，已知漏洞未检测。"));
        foreach (var flaw in dependencies.Items("famousFlaws").Concat(dependencies.Items("knownFlaws")).Take(ShownRows))
        {
            Line($"  {string.Join("  ", flaw.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String).Select(p => p.Value.GetString()))}");
        }
    }

    private static void Projects(Dictionary<string, JsonElement> seen)
    {
        if (!seen.TryGetValue("code.csharp", out var csharp))
        {
            return;
        }

        foreach (var project in csharp.Items("projects").Take(ShownRows))
        {
            Line($"C# {project.Word("path")}：{project.Number("files")} 个文件，类型解析率 {project.Number("resolutionPercent")}%（低于一半时，没有命中说明不了什么）");
        }
    }

    /// <summary>A list of defects is told by its members, whichever engine's field it is.</summary>
    private static IEnumerable<JsonElement> Found(JsonElement data) => data.ValueKind != JsonValueKind.Object ? [] : data.EnumerateObject()
        .Where(p => p.Value.ValueKind == JsonValueKind.Array).SelectMany(p => p.Value.EnumerateArray())
        .Where(e => e.ValueKind == JsonValueKind.Object && e.TryGetProperty("ruleId", out _) && e.TryGetProperty("fingerprint", out _));

    private static IEnumerable<FieldLabel> Flat(IEnumerable<FieldLabel> labels) => labels.SelectMany(l => Flat(l.Members).Prepend(l));

    private static string Said(string word) => Words.Value.GetValueOrDefault(word, word);

    private static string Short(string text) => text.Length > MessageCap ? string.Concat(text.AsSpan(0, MessageCap), "…") : text;

    private static Text Plain(string text) => new(Printable.Of(text));

    private static void Line(string text) => Terminal.Out.WriteLine(Printable.Of(text));

    private static string Word(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static long Number(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : 0;

    private static IReadOnlyList<JsonElement> Items(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [];
}
