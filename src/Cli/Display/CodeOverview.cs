using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probes.CodeSecurity;
using SmartCity.SecurityCheck.Reporting;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>What was seen of source trees, for people: how much was read, every defect of every engine in one list, cryptography, components.</summary>
internal static class CodeOverview
{
    private const int ShownDefects = 60;
    private const int ShownRows = 20;
    private const int ShownExamples = 3;
    private const int MessageCap = 160;

    /// <param name="records">Without what was left out.</param>
    /// <param name="targets">Source trees.</param>
    public static void Write(IReadOnlyList<ProbeRecord> records, IReadOnlyList<Target> targets)
    {
        foreach (var target in targets)
        {
            var own = records.Where(r => r.TargetId == target.TargetId).ToList();
            T? Of<T>()
                where T : class => SeenBy<T>(own).FirstOrDefault();
            Terminal.Out.Write(new Rule($"[bold]{Markup.Escape(Printable.Of(target.DisplayName))}[/]") { Justification = Justify.Left });
            Scope(Of<SourceScope>());
            Defects(CodeInspection.Bare(target.TargetId, own));
            Standing(Of<DefectRegister>());
            Cryptography(Of<CryptoInCode>());
            Components(Of<CodeDependencies>());
            Projects(Of<CSharpAnalysis>());
            foreach (var record in own.Where(r => r.Outcome is Unable))
            {
                Line($"未核验  {record.ProbeId}：{((Unable)record.Outcome).Message}");
            }
        }

        Line("没有命中只说明这些规则在读到的文件里没有看到，不等于没有缺陷；全部观测用 --json 取得，SBOM 与清单用 --evidence 存下。");
    }

    /// <summary>Every defect of every engine, once.</summary>
    public static IReadOnlyList<CodeDefect> DefectsOf(IReadOnlyList<ProbeRecord> records) =>
        [.. records.Select(r => r.Outcome).OfType<Observed>().SelectMany(o => o.Observations).Select(o => o.Data).SelectMany(Found).DistinctBy(d => d.Fingerprint, StringComparer.Ordinal)];

    /// <summary>What probes of one record saw.</summary>
    public static IEnumerable<T> SeenBy<T>(IReadOnlyList<ProbeRecord> records)
        where T : class => records.Select(r => r.Outcome).OfType<Observed>().SelectMany(o => o.Observations)
            .Where(o => Product.ProbesOf(Pillar.CodeSecurity).Find(o.ProbeId)?.Manifest.Observes == typeof(T))
            .Select(o => o.Data.Deserialize<T>(ObservationJson.Compact)!);

    /// <summary>What people set aside, and what is new.</summary>
    private static void Standing(DefectRegister? register)
    {
        if (register is null)
        {
            return;
        }

        if (register.Suppressed > 0)
        {
            Line($"已抑制 {register.Suppressed} 处，不在上表，须评估人员认可：{string.Join("；", register.SuppressedDefects.Take(ShownExamples).Select(d => $"{d.File}:{d.Line} {d.RuleId}（{d.Suppression?.Reason}，{d.Suppression?.Reviewer}，到 {d.Suppression?.Until:yyyy-MM-dd}）"))}");
        }

        if (register.WithoutEffectCount > 0)
        {
            Line($"抑制 {register.WithoutEffectCount} 处无效，缺陷照算：{string.Join("；", register.WithoutEffect.Take(ShownExamples).Select(s => $"{s.Place}（{EnumWords.Say(s.Standing)}）"))}");
        }

        if (register.WithoutDefect is { IsKnown: true, Value: { Count: > 0 } none })
        {
            Line($"抑制 {none.Count} 处查无此缺陷，应当删去（缺陷还在的，编号要与表里“规则”一列相同）：{string.Join("、", none.Take(ShownExamples).Select(s => s.Place))}");
        }

        if (register.BaselineOf is { IsKnown: true, Value: { } day })
        {
            var added = register.New is { IsKnown: true, Value: { } list } ? $"{list.Count}" : "很多";
            var gone = register.VanishedCount.IsKnown ? $"{register.VanishedCount.Value}" : "没有看全，不知道";
            Line($"与 {day:yyyy-MM-dd} 的基线比：新增 {added}，既有 {(register.Known.IsKnown ? register.Known.Value : 0)}，已消失 {gone}");
        }
    }

    private static void Scope(SourceScope? scope)
    {
        if (scope is null)
        {
            return;
        }

        Line($"读了 {scope.Files} 个文件、{scope.Lines} 行：{string.Join("、", scope.Languages.Select(l => $"{EnumWords.Say(l.Language)} {l.Lines} 行"))}");
        foreach (var (title, some) in new[] { ("有意不读", scope.LeftOut), ("应读而未读", scope.Unread) }.Where(s => s.Item2.Count > 0))
        {
            Line($"{title}：{string.Join("；", some.Select(l => $"{EnumWords.Say(l.Reason)} {l.Entries} 处，例如 {string.Join("、", l.Examples.Take(ShownExamples))}"))}");
        }
    }

    /// <summary>As every other format counts and orders them.</summary>
    private static void Defects(CodeInspection seen)
    {
        var defects = seen.Defects;
        if (defects.Count == 0)
        {
            Line("缺陷：没有命中。");
            return;
        }

        Line($"缺陷 {InspectionWords.Count(defects.Count, seen.ForPeople)}：{string.Join("、", Enum.GetValues<Severity>().Reverse().Select(s => $"{s.Name()} {defects.Count(d => d.Severity == s)}"))}");
        var table = new Table().Border(TableBorder.Rounded).Expand();
        table.AddColumn(new TableColumn("等级").NoWrap());
        table.AddColumn(new TableColumn("规则").Width(13));
        table.AddColumn("位置与说明");
        foreach (var defect in defects.Take(ShownDefects))
        {
            var place = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{defect.File}:{defect.Line}{(defect.Baseline == "new" ? "（新增）" : "")}，{InspectionWords.Sureness(defect)}");
            table.AddRow(new Text(defect.Severity.Name()), Plain(defect.RuleId), Plain($"{place}\n{Short(defect.Message)}{(defect.Doubt is { } doubt ? $"\n存疑：{doubt}" : "")}"));
        }

        Terminal.Out.Write(table);
        if (defects.Count > ShownDefects)
        {
            Line($"另有 {defects.Count - ShownDefects} 处，用 --json 取得。");
        }
    }

    private static void Cryptography(CryptoInCode? use)
    {
        if (use is { Algorithms.IsKnown: false })
        {
            Line($"密码使用：没有看全，看到 {use.SeenSoFar.Count} 处：{string.Join("、", use.SeenSoFar.Select(u => u.Algorithm ?? "未写明").Distinct(StringComparer.Ordinal).Take(ShownRows))}");
        }

        if (use is not { Algorithms: { IsKnown: true, Value: { Count: > 0 } algorithms } })
        {
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).Title("代码里的密码算法").AddColumns("算法", "类别", "处数", "首处");
        foreach (var one in algorithms.Take(ShownRows))
        {
            table.AddRow(Plain(one.KeyBits is { } bits ? $"{one.Algorithm}-{bits}" : one.Algorithm), Plain(one.Standing), new Text($"{one.Uses}"), Plain(one.First));
        }

        Terminal.Out.Write(table);
        More(algorithms.Count);
    }

    private static void Components(CodeDependencies? dependencies)
    {
        if (dependencies is null)
        {
            return;
        }

        Line($"第三方组件 {dependencies.ComponentCount} 个{(dependencies.Database is null ? "；没有给漏洞库，已知漏洞未检测。" : "。")}");
        var flaws = dependencies.FamousFlaws.Concat(dependencies.KnownFlaws is { IsKnown: true, Value: { } known } ? known : []).ToList();
        foreach (var flaw in flaws.Take(ShownRows))
        {
            Line($"  {flaw.Component} {flaw.Version}：{flaw.Id} {flaw.Title}（{flaw.File}）");
        }

        More(flaws.Count);
    }

    private static void Projects(CSharpAnalysis? analysis)
    {
        foreach (var project in (analysis?.Projects ?? []).Take(ShownRows))
        {
            var rate = project.ResolutionPercent is { IsKnown: true, Value: { } percent } ? $"{percent}%（低的时候，没有命中说明不了什么）" : "没有算出";
            Line($"C# {project.Path}：{project.Files} 个文件，类型解析率 {rate}");
        }

        More(analysis?.Projects.Count ?? 0);
    }

    /// <summary>A defect is told by its members, whichever engine's field it stands in; one that vanished has no severity.</summary>
    private static IEnumerable<CodeDefect> Found(JsonElement data) => data.ValueKind != JsonValueKind.Object ? [] : data.EnumerateObject()
        .Where(p => p.Value.ValueKind == JsonValueKind.Array).SelectMany(p => p.Value.EnumerateArray())
        .Where(e => e.ValueKind == JsonValueKind.Object && e.TryGetProperty("ruleId", out _) && e.TryGetProperty("fingerprint", out _) && e.TryGetProperty("severity", out _))
        .Select(e => e.Deserialize<CodeDefect>(ObservationJson.Compact)!);

    /// <summary>A list that was cut says so.</summary>
    private static void More(int count)
    {
        if (count > ShownRows)
        {
            Line($"另有 {count - ShownRows} 项，用 --json 取得。");
        }
    }

    private static string Short(string text) => text.Length > MessageCap ? string.Concat(text.AsSpan(0, MessageCap), "…") : text;

    private static Text Plain(string text) => new(Printable.Of(text));

    private static void Line(string text) => Terminal.Out.WriteLine(Printable.Of(text));
}
