using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probes.CodeSecurity;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

internal static class RulesCommand
{
    public static Command Create() => new DocumentedCommand("rules", "查看与检验规则")
    {
        Verify(),
        List(),
    };

    private static DocumentedCommand Verify()
    {
        var rulesets = CommonOptions.Rulesets();
        var flows = new Option<string?>("--flows") { Description = "再检查一份项目自己的 Java 数据流规则（flows: 与证明它的 examples:）", HelpName = "文件" };
        var command = new DocumentedCommand(
            "verify",
            "检查全部规则：语法、字段、编号，并用每条规则自带的例子判一遍",
            ("securitycheck rules verify", "检查随工具发布的规则"),
            ("securitycheck rules verify --rulesets my-rules", "检查自己写的规则"),
            ("securitycheck rules verify --flows flows.yaml", "检查项目的数据流规则与它的样例"))
        {
            rulesets, flows,
        };
        command.SetAction(parsed =>
        {
            var folder = Product.LoadRulesets(parsed.GetValue(rulesets));
            var results = ExampleVerification.Verify(folder.Requirements);
            var wrong = results.Where(r => !r.IsAsExpected).ToList();
            foreach (var result in wrong)
            {
                Console.Error.WriteLine($"{result.Example.Origin}: {result.Requirement.Id} 的例子应判“{result.Example.Expected.Name()}”，实际“{result.Actual.Name()}”");
            }

            var numbers = ScoringVerification.Verify(folder.Library);
            var off = numbers.Where(n => n.Actual != n.Example.Want).ToList();
            foreach (var (rule, example, actual) in off)
            {
                Console.Error.WriteLine($"{example.Origin}: {rule.File.Id} 的算例应得 {example.Want}，实际 {(actual is { } value ? value : "没有定义")}");
            }

            var unchecked_ = folder.Requirements.SelectMany(r => r.Basis).Count(b => b.Confidence == BasisConfidence.Unchecked);
            Console.Out.WriteLine($"{folder.Rulesets.Count} 个规则集、{folder.Requirements.Count} 条要求、{folder.Profiles.Count} 个验收办法；{results.Count} 个例子，{wrong.Count} 个不对；{unchecked_} 处依据待核（条款号尚未与印刷本核对）");
            if (folder.Library.Catalogues.Count > 0)
            {
                var library = folder.Library;
                Console.Out.WriteLine($"{library.Catalogues.Count} 个指标目录、{library.Catalogues.Sum(c => c.Controls.Count)} 个测评单元；{library.Scorings.Count} 版量化规则、{numbers.Count} 个算例，{off.Count} 个不对；{library.HighRisks.Sum(h => h.Items.Count)} 个高风险项；数值没有与印刷本核对过的文件 {library.Files().Count(f => f.Confidence == BasisConfidence.Unchecked)} 个");
            }

            return wrong.Count + off.Count + CodeRules(folder.Library.Tables) + FlowRules(folder.Library.Tables, parsed.GetValue(flows)) == 0 ? ExitCode.Passed : ExitCode.BadInput;
        });
        return command;
    }

    /// <summary>Rules over source text carry code that they must find and code that they must not.</summary>
    /// <returns>How many are wrong.</returns>
    private static int CodeRules(ProbeTables tables)
    {
        List<string> wrong = [.. PatternVerification.Verify(tables.Patterns), .. SecretFixtures.Verify(tables.Secrets)];
        wrong.ForEach(Console.Error.WriteLine);
        if (tables.Patterns.Count + tables.Secrets.Count > 0)
        {
            Console.Out.WriteLine($"{tables.Patterns.Sum(t => t.Rules.Count)} 条代码模式规则、{tables.Secrets.Sum(t => t.Patterns.Count)} 条密钥特征，各自的正反例 {wrong.Count} 个不对");
        }

        return wrong.Count;
    }

    /// <summary>Flows over the programs that come with each weakness, and over those of a project's own file.</summary>
    /// <returns>How many are wrong.</returns>
    private static int FlowRules(ProbeTables all, string? own)
    {
        var (tables, clock) = (all.Flows, Stopwatch.StartNew());
        List<string> wrong = [.. FlowVerification.Verify(tables)];
        var weaknesses = tables.SelectMany(t => t.Weaknesses).ToList();
        if (weaknesses.Count > 0)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{weaknesses.Count} 种 Java 数据流缺陷，正反例 {Examples(tables)} 个，{wrong.Count} 个不对，用时 {clock.Elapsed.TotalSeconds:0.0} 秒"));
        }

        if (all.Settings.Count > 0)
        {
            var unlike = SettingVerification.Verify(all.Settings, tables);
            Console.Out.WriteLine($"{all.Settings.Sum(t => t.Rules.Count)} 条 Java 设置规则，正反例 {unlike.Count} 个不对");
            wrong.AddRange(unlike);
        }

        if (own is not null)
        {
            var (flows, examples) = ProjectFlowReader.Read(own, tables);
            var off = FlowVerification.Verify(tables, flows, examples);
            Console.Out.WriteLine($"{Printable.Of(own)}：来源 {flows.Sources.Count}、汇点 {flows.Sinks.Count}、净化 {flows.Sanitizers.Count}、入口 {flows.Entries.Count}；样例 {examples.Count} 个，{off.Count} 个不对");
            wrong.AddRange(off);
        }

        wrong.ForEach(w => Console.Error.WriteLine(Printable.Of(w)));
        return wrong.Count;
    }

    private static int Examples(IReadOnlyList<FlowTable> tables) =>
        tables.Sum(t => t.Weaknesses.Sum(w => w.Bad.Count + w.Good.Count) + t.Entries.Sum(e => e.Bad.Count + e.Good.Count) + t.Answers.Sum(a => a.Bad.Count + a.Good.Count));

    private static DocumentedCommand List()
    {
        var rulesets = CommonOptions.Rulesets();
        var only = new Option<string?>("--ruleset") { Description = "只列一个规则集（编号）或规则目录下的一个子目录", HelpName = "编号或目录" };
        var json = new Option<bool>("--json") { Description = "以 JSON 数组给出" };
        var controls = new Option<bool>("--controls") { Description = "列出各标准的测评单元而不是要求" };
        var code = new Option<bool>("--code") { Description = "列出代码规则（数据流缺陷、Java 设置、代码模式、密钥特征）而不是要求，各条用 explain 看" };
        var command = new DocumentedCommand(
            "list",
            "列出要求、测评单元或等级保护条目",
            ("securitycheck rules list", "全部要求"),
            ("securitycheck rules list --ruleset tls-baseline --json", "一个规则集，供程序读取"),
            ("securitycheck rules list --controls", "密评的测评单元与等级保护的条目"),
            ("securitycheck rules list --code", "代码规则"))
        {
            only, rulesets, json, controls, code,
        };
        command.SetAction(parsed =>
        {
            var folder = Product.LoadRulesets(parsed.GetValue(rulesets));
            if (parsed.GetValue(code))
            {
                CodeRuleList.Write(folder.Library.Tables, parsed.GetValue(json));
                return ExitCode.Passed;
            }

            if (parsed.GetValue(controls))
            {
                ControlList.Write(folder.Library, parsed.GetValue(json));
                return ExitCode.Passed;
            }

            var chosen = Choose(folder, parsed.GetValue(only)).SelectMany(r => r.Requirements).ToList();
            if (parsed.GetValue(json))
            {
                RunWatch.Line(chosen.Select(r => new { r.Id, Ruleset = r.RulesetId, r.Title, r.Levels, r.Basis, r.Severity, r.Observes, Manual = r.IsManual }));
            }
            else
            {
                Write(chosen);
            }

            return ExitCode.Passed;
        });
        return command;
    }

    private static IReadOnlyList<Ruleset> Choose(RulesetFolder folder, string? only)
    {
        if (only is null)
        {
            return folder.Rulesets;
        }

        var prefix = only.Replace('\\', '/').TrimEnd('/') + "/";
        var chosen = folder.Rulesets.Where(r => r.Id == only || r.File == only || r.File.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        return chosen.Count > 0 ? chosen : throw new BadRequestException($"没有规则集 {only}，现有：{string.Join("、", folder.Rulesets.Select(r => r.Id))}");
    }

    private static void Write(List<Requirement> requirements)
    {
        var table = new Table().Border(TableBorder.Rounded).Expand();
        table.AddColumn(new TableColumn("编号").NoWrap());
        table.AddColumn("要求");
        table.AddColumn(new TableColumn("程度").NoWrap());
        table.AddColumn("依据");
        foreach (var requirement in requirements)
        {
            table.AddRow(
                new Text(requirement.Id),
                new Text(requirement.Title + (requirement.IsManual ? "（人工）" : "")),
                new Text(requirement.Severity.Name()),
                new Text(string.Join("\n", requirement.Basis.Select(b => $"{b.Standard} {b.Clause}({b.Confidence.Name()})"))));
        }

        Terminal.Out.Write(table);
        Terminal.Out.WriteLine($"共 {requirements.Count} 条；用 securitycheck explain 编号 看细节。");
    }
}
