using System.CommandLine;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Cli;

internal static class CiCommand
{
    private const string Summary = "summary.txt";

    private static readonly string[] Formats = ["sarif", "junit", "html"];
    private static readonly string[] Artifacts = ["findings.sarif", "junit.xml", Summary];

    public static Command Create()
    {
        var file = new Argument<string>("candidate.yaml") { Description = "被测系统的描述文件", DefaultValueFactory = _ => "candidate.yaml" };
        var (failOn, stage, rulesets, output) = (CommonOptions.FailOn(), CommonOptions.Stage(), CommonOptions.Rulesets(), CommonOptions.Out());
        var artifacts = new Option<string>("--artifacts") { Description = "把 findings.sarif、junit.xml、summary.txt 另存到这里，供流水线上传", HelpName = "目录", DefaultValueFactory = _ => "securitycheck-results" };
        var earlier = new Option<string?>("--earlier") { Description = "上次的证据包；先核验，摘要里写出与它相比的变化", HelpName = "目录" };
        var onlyNew = new Option<bool>("--only-new") { Description = "退出码只看新出现和变差的问题（须有 --earlier）；上次就没有结论的也放行；这次没有了结论、不再检查或不可比的，新对象没有结论的，或什么都没有测到的，返回 2（--fail-on unverified 时返回 1）" };
        var profile = new Option<string?>("--profile") { Description = "验收办法，覆盖 candidate.yaml 里的 profile", HelpName = "编号" };
        var print = new Option<string?>("--print") { Description = $"不运行，打印流水线示例：{string.Join("、", CiExamples.Names)}", HelpName = "名称" };
        var command = new DocumentedCommand(
            "ci",
            "在流水线里做一次完整核验：不提问、不用颜色，给出 SARIF、JUnit 和几行摘要，按门禁返回退出码",
            ("securitycheck ci candidate.yaml --fail-on major", "有重要及以上问题时退出码为 1"),
            ("securitycheck ci --earlier packs/last --only-new", "旧问题放行，只拦新问题"),
            ("securitycheck ci --print gitlab", "打印 GitLab CI 的示例"))
        {
            file, failOn, stage, profile, rulesets, output, artifacts, earlier, onlyNew, print,
        };
        command.Tables = [("退出码：", [("0", "门禁通过"), ("1", "门禁不通过"), ("2", "有待人工或未核验的"), ("3", "输入或规则有误、上次的包没有通过核验"), ("4", "程序内部错误"), ("130", "被中断")])];
        command.SetAction(async parsed =>
        {
            if (parsed.GetValue(print) is { } name)
            {
                await Console.Out.WriteAsync(CiExamples.Of(name));
                return ExitCode.Passed;
            }

            if (parsed.GetValue(onlyNew) && parsed.GetValue(earlier) is null)
            {
                throw new BadRequestException("--only-new 要与 --earlier 一起用");
            }

            var wishes = new RunWishes
            {
                File = parsed.GetValue(file)!,
                Profile = parsed.GetValue(profile),
                Rulesets = parsed.GetValue(rulesets),
                Output = parsed.GetValue(output),
                FailOn = parsed.GetValue(failOn),
                Stage = parsed.GetValue(stage),
                Writers = [.. Formats.Select(Product.Writer)],
            };
            return await RunAsync(wishes, parsed.GetValue(artifacts)!, parsed.GetValue(earlier), parsed.GetValue(onlyNew));
        });
        return command;
    }

    private static async Task<int> RunAsync(RunWishes wishes, string artifacts, string? earlier, bool onlyNew)
    {
        // Of a run that failed nothing may be uploaded that an older one left.
        Artifacts.Select(a => Path.Combine(artifacts, a)).Where(File.Exists).ToList().ForEach(File.Delete);

        // An earlier pack that cannot be trusted, or is another system's, stops the pipeline before hours were spent.
        var then = earlier is null ? null : await ReviewedPack.ReadAsync(earlier);
        var request = await RunPreparation.PrepareAsync(wishes);
        if (then is not null && then.Candidate.Id != request.Candidate.Id)
        {
            throw new BadRequestException($"{earlier} 不是同一个系统，不作比较：{then.Candidate.Id} 与 {request.Candidate.Id}");
        }

        using var interruption = new Interruption();
        var result = await RunExecution.RunAsync(request, json: false, interruption);
        var comparison = then is null ? null : ReviewedPack.Compare((earlier!, then), result.Folder, result.Pack);
        var exitCode = CiOutcome.ExitCodeOf(result.Pack, comparison, onlyNew);
        var summary = CiSummary.Of(result, comparison, onlyNew, exitCode);
        await SaveAsync(result, artifacts, summary);
        await Console.Out.WriteAsync(summary);
        return exitCode;
    }

    private static async Task SaveAsync(RunResult result, string artifacts, string summary)
    {
        Directory.CreateDirectory(artifacts);
        foreach (var report in result.Reports.Where(Artifacts.Contains))
        {
            File.Copy(Path.Combine(result.Folder, report), Path.Combine(artifacts, report), overwrite: true);
        }

        await File.WriteAllTextAsync(Path.Combine(artifacts, Summary), summary);
    }
}
