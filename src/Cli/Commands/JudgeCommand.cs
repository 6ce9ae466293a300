using System.CommandLine;
using System.Text.Json;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Cli;

internal static class JudgeCommand
{
    public static Command Create()
    {
        var pack = new Argument<string>("证据包") { Description = "含观测记录的证据包目录" };
        var (rulesets, failOn, stage) = (CommonOptions.Rulesets("包内封存的规则"), CommonOptions.FailOn(), CommonOptions.Stage());
        var output = new Option<string>("--out", "-o") { Description = "写到哪个文件；- 为标准输出", HelpName = "文件", DefaultValueFactory = _ => "-" };
        var unsealed = SealedPack.Option();
        var command = new DocumentedCommand(
            "judge",
            "不接触系统，用记录下来的观测重新判定；默认用包内封存的规则，应与原判定逐字节相同",
            ("securitycheck judge PACK > judgement.json", "用包内规则重算，与包内 judgement.json 比较"),
            ("securitycheck judge PACK --rulesets my-rules --out new.json", "用另一套规则判同一批观测"))
        {
            pack, rulesets, failOn, stage, output, unsealed,
        };
        command.SetAction(async parsed =>
        {
            var folder = parsed.GetValue(pack)!;
            var manifest = SealedPack.Require(folder, parsed.GetValue(unsealed));
            await WarnOfContradictionAsync(folder, manifest);
            var (candidate, run, records) = PackReader.ReadObservations(folder);
            var rules = Product.LoadRulesets(parsed.GetValue(rulesets) ?? PackReader.RulesetsOf(folder));
            run = parsed.GetResult(failOn) is { Implicit: false } ? run with { FailOn = parsed.GetValue(failOn) } : run;
            run = parsed.GetResult(stage) is { Implicit: false } ? run with { Stage = parsed.GetValue(stage) } : run;
            var again = Rejudging.Judge(candidate, rules, Product.Probes, records, run);
            var judged = again.Judgement;
            var text = JsonSerializer.Serialize(judged, ObservationJson.Options) + "\n";
            if (parsed.GetValue(output) == "-")
            {
                await Console.Out.WriteAsync(text);
            }
            else
            {
                await File.WriteAllTextAsync(parsed.GetValue(output)!, text);
            }

            Console.Error.WriteLine(judged.Gate.Sentence);
            OtherRules.Warn(again.Rules);
            return ExitCode.Of(judged.Gate);
        });
        return command;
    }

    /// <summary>Other rules may judge a pack whose own rules this tool cannot read.</summary>
    private static async Task WarnOfContradictionAsync(string folder, PackManifest? manifest)
    {
        try
        {
            if (await SealedPack.ReviewAsync(folder, manifest) is PackContradicts contradiction)
            {
                Console.Error.WriteLine(Printable.Of($"注意：{SealedPack.Say(contradiction)}"));
            }
        }
        catch (Exception unreadable) when (unreadable is PackException or InputFaultException)
        {
            Console.Error.WriteLine(Printable.Of("注意：包内的判定没有得到证实，本工具读不了包内的规则或观测。"));
        }
    }
}
