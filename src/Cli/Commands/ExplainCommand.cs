using System.CommandLine;
using System.Text.Json;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Cli;

internal static class ExplainCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("编号") { Description = "要求、测评单元或代码规则的编号" };
        var rulesets = CommonOptions.Rulesets();
        var command = new DocumentedCommand(
            "explain",
            "说明一条要求（依据、看什么、怎样算符合、怎样整改、例子）、一个测评单元（权重、工具看得到什么、人要提供什么）或一条代码规则（含义、认法、修复、正反例）",
            ("securitycheck explain TLS-01", "说明要求 TLS-01"),
            ("securitycheck explain NET-2", "说明测评单元 NET-2"),
            ("securitycheck explain CES-IA-a", "说明等级保护条目"),
            ("securitycheck explain JT-SQL", "说明报告里的一种代码缺陷"))
        {
            id, rulesets,
        };
        command.SetAction(parsed =>
        {
            var folder = Product.LoadRulesets(parsed.GetValue(rulesets));
            if (ControlExplanation.Of(folder, parsed.GetValue(id)) is { } unit)
            {
                Console.Out.WriteLine(unit.Head);
                Console.Out.WriteLine();
                unit.Write((label, text) => Row(Console.Out, label, text));
                return ExitCode.Passed;
            }

            if (CodeRuleExplanation.Of(folder, parsed.GetValue(id)) is { } rule)
            {
                Write(rule, Console.Out);
                return ExitCode.Passed;
            }

            var requirement = folder.Requirements.FirstOrDefault(r => string.Equals(r.Id, parsed.GetValue(id), StringComparison.OrdinalIgnoreCase))
                ?? throw new BadRequestException($"没有要求或测评单元 {parsed.GetValue(id)}；用 securitycheck rules list、rules list --controls 与 rules list --code 查看全部");
            Write(requirement, Console.Out);
            return ExitCode.Passed;
        });
        return command;
    }

    private static void Write(Requirement requirement, TextWriter output)
    {
        output.WriteLine($"{requirement.Id}  {requirement.Title}");
        output.WriteLine();
        Row(output, "支柱", requirement.Pillar.Title());
        Row(output, "程度", requirement.Severity.Name());
        foreach (var basis in requirement.Basis)
        {
            Row(output, "依据", $"{basis.Standard} {basis.Clause}({basis.Confidence.Name()}){(basis.Claim is { Controls.Count: > 0 } claim ? $" → {string.Join("、", claim.Controls)}" : "")}");
        }

        if (requirement.Observes is { } kind && Product.Probes.Find(kind)?.Manifest is { } probe)
        {
            Row(output, "探测", $"{probe.Id} — {probe.Question}");
        }

        Condition(output, "适用", requirement.AppliesWhen);
        Condition(output, Verdict.Satisfied.Name(), requirement.SatisfiedWhen);
        Condition(output, "部分", requirement.PartialWhen);
        Row(output, "说明", requirement.Explain);
        Row(output, "为何", requirement.Why ?? $"{requirement.Severity.Meaning()}。");
        Row(output, "整改", requirement.Remedy);
        Row(output, "出处", $"rulesets/{requirement.Origin}");
        foreach (var example in requirement.Examples)
        {
            Row(output, "例子", $"{example.Expected.Name()}:{JsonSerializer.Serialize(example.Data, ObservationJson.Compact)}");
        }
    }

    private static void Write(CodeRuleExplanation rule, TextWriter output)
    {
        output.WriteLine(rule.Head);
        output.WriteLine();
        foreach (var (label, text) in rule.Rows)
        {
            Row(output, label, text);
        }

        foreach (var (label, code) in rule.Examples.Where(e => e.Code.Length > 0))
        {
            output.WriteLine($"{label}：");
            foreach (var line in code.TrimEnd().Split('\n'))
            {
                output.WriteLine($"    {line.TrimEnd()}");
            }
        }
    }

    private static void Condition(TextWriter output, string label, Predicate? condition)
    {
        if (condition is not null)
        {
            Row(output, label, PredicateWords.Say(condition));
        }
    }

    private static void Row(TextWriter output, string label, string text)
    {
        var head = label;
        foreach (var line in text.Split('\n').SelectMany(l => TextColumns.Wrap(l, Terminal.TextWidth - 8)))
        {
            output.WriteLine(head.Length > 0 ? $"{head}  {line}" : $"      {line}");
            head = "";
        }
    }
}
