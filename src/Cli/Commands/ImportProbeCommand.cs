using System.CommandLine;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Cli;

/// <summary><c>probe import</c>: reports of other tools.</summary>
internal static class ImportProbeCommand
{
    public static Command Create(string name)
    {
        var words = string.Join("、", ForeignWords.Tools.Where(t => t.Value != ForeignTool.Sarif).Select(t => t.Word));
        var files = new Argument<string[]>("报告") { Description = "lynis-report.dat、XCCDF 或 ARF 结果、nmap -oX 的结果，可以多个", Arity = ArgumentArity.ZeroOrMore };
        var tool = new Option<string?>("--tool") { Description = $"哪个工具写的：{words}", HelpName = "工具" };
        var probing = new SingleProbing(Pillar.ClassifiedProtection);
        var command = new DocumentedCommand(
            name,
            "读别的工具的报告（Lynis、OpenSCAP、nmap），列出它说的问题；与实测比较要写进 candidate.yaml 的 imports 再 run",
            ($"securitycheck probe {name} lynis-report.dat --tool lynis", "读 Lynis 的报告"),
            ($"securitycheck probe {name} arf.xml --tool openscap", "读 OpenSCAP 的结果"))
        {
            files, tool,
        };
        probing.Options.ToList().ForEach(command.Add);
        command.SetAction(parsed =>
        {
            var word = parsed.GetValue(tool) ?? throw new BadRequestException($"缺少 --tool，应为其中之一：{words}");
            var chosen = ForeignWords.Tools.Where(t => t.Word == word).Select(t => (ForeignTool?)t.Value).FirstOrDefault() ?? throw new BadRequestException($"没有工具 {word}，应为其中之一：{words}");
            if (chosen == ForeignTool.Sarif)
            {
                throw new BadRequestException("SARIF 结果要与源代码一起看：写进 candidate.yaml 的 imports（tool: sarif），再 securitycheck run");
            }

            List<Target> targets = [.. parsed.GetValue(files)!.Select((f, i) => new ImportedReport { Id = $"report-{i + 1}", Title = Path.GetFileName(f), Path = Path.GetFullPath(f), Tool = chosen })];
            return targets.Count > 0
                ? probing.RunAsync(parsed, targets)
                : throw new BadRequestException("没有给出报告文件");
        });
        return command;
    }
}
