using System.CommandLine;
using System.Text;
using SmartCity.SecurityCheck.Demo;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Cli;

internal static class DemoCommand
{
    public static Command Create()
    {
        var variant = new Option<string>("--variant") { Description = "careless（疏于管理，默认）或 well-run（管理规范）", HelpName = "词", DefaultValueFactory = _ => "careless" };
        var (output, json, noPdf) = (CommonOptions.Out(), CommonOptions.JsonEvents(), CommonOptions.NoPdf());
        var failure = new Option<bool>("--exit-code") { Description = "按核验结果返回退出码（默认演示成功即为 0）" };
        var command = new DocumentedCommand(
            "demo",
            "在本机 127.0.0.1 上启动一个演示政务系统，用真实流程核验它，并告诉你报告在哪里",
            ("securitycheck demo", "核验疏于管理的演示系统"),
            ("securitycheck demo --variant well-run --out packs/well-run", "核验管理规范的演示系统"))
        {
            variant, output, noPdf, json, failure,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var chosen = parsed.GetValue(variant) switch
            {
                "careless" => DemoVariant.Careless,
                "well-run" => DemoVariant.WellRun,
                var other => throw new BadRequestException($"没有演示 {other}，应为 careless 或 well-run"),
            };
            await using var system = await DemoSystem.StartAsync(chosen, TimeProvider.System, cancellationToken);
            foreach (var (name, value) in system.FlowVariables)
            {
                Environment.SetEnvironmentVariable(name, value);
            }

            if (InstalledBrowser.Find() is null && !parsed.GetValue(json))
            {
                await Console.Error.WriteLineAsync("没有找到 Chromium、Chrome 或 Edge：归档功能的浏览器流程（ARCHIVE-F、ARCHIVE-B）做不了，这些项目未核验");
            }

            var file = Encoding.UTF8.GetBytes(system.CandidateYaml);
            var candidate = CandidateReader.Read(YamlText.ReadMapping("demo", file), Directory.GetCurrentDirectory(), CandidateReading.ForRun);
            var exitCode = await RunExecution.ExecuteAsync(
                new RunRequest
                {
                    Candidate = candidate with { Endpoints = [.. candidate.Endpoints.Select(e => e with { Trust = system.Trust })] },
                    AllowIntrusive = true, // the system is ours and ends with the command
                    CandidateFile = file,
                    RulesetsPath = Product.OwnRulesets,
                    Rulesets = Product.LoadRulesets(null),
                    Probes = Product.Probes,
                    Seals = Product.Seals,
                    OutputFolder = parsed.GetValue(output) ?? RunExecution.DefaultFolder(candidate.Id, TimeProvider.System),
                    Writers = [.. Product.Formats.Where(f => f != "pdf" || !parsed.GetValue(noPdf)).Select(Product.Writer)],
                    Tools = await OutsideTools.FindAsync(cancellationToken),
                    ToolVersion = Product.Version,
                },
                parsed.GetValue(json));
            return exitCode is ExitCode.Failed or ExitCode.NeedsReview && !parsed.GetValue(failure) ? ExitCode.Passed : exitCode;
        });
        return command;
    }
}
