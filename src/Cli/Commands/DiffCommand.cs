using System.CommandLine;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Cli;

internal static class DiffCommand
{
    public static Command Create()
    {
        var earlier = new Argument<string>("上次的证据包") { Description = "整改前的证据包目录" };
        var now = new Argument<string>("这次的证据包") { Description = "整改后的证据包目录" };
        var json = new Option<bool>("--json") { Description = "以 JSON 给出比较，含两次的读数、证据文件与杂凑值" };
        var all = new Option<bool>("--all") { Description = "也列出没有变化的和新增而没有问题的" };
        var command = new DocumentedCommand(
            "diff",
            "比较同一系统的两个证据包：已整改、新出现、变差、好转、这次没有结论；没有核验过的不算整改。两个包都先核验",
            ("securitycheck diff packs/before packs/after", "看整改了哪些、又出现了哪些"),
            ("securitycheck diff OLD NEW --json > 整改.json", "供程序读取，含每一项的整改证据"))
        {
            earlier, now, json, all,
        };
        command.Tables =
        [
            ("退出码：",
            [
                ("0", "没有新出现或变差的，上次有结论的都有结论"),
                ("1", "有新出现或变差的"),
                ("2", "没有新出现或变差的，但有的这次没有结论、不再检查或不可比"),
                ("3", "有一个包没有通过核验、读不了，或不是同一个系统"),
            ]),
        ];
        command.SetAction(async parsed =>
        {
            var (old, folder) = (parsed.GetValue(earlier)!, parsed.GetValue(now)!);
            var comparison = await ReviewedPack.CompareAsync(old, folder, await ReviewedPack.ReadAsync(folder));
            var exitCode = ExitCodeOf(comparison);
            if (parsed.GetValue(json))
            {
                RunWatch.Line(Shape(comparison, exitCode));
            }
            else
            {
                ComparisonTable.Write(comparison, parsed.GetValue(all));
            }

            return exitCode;
        });
        return command;
    }

    public static int ExitCodeOf(PackComparison comparison) =>
        comparison.IsWorse ? ExitCode.Failed : comparison.HasLost ? ExitCode.NeedsReview : ExitCode.Passed;

    private static object Shape(PackComparison comparison, int exitCode) => new
    {
        ExitCode = exitCode,
        comparison.Earlier,
        comparison.Warnings,
        Counts = comparison.Counts.ToDictionary(c => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(c.Change.ToString()), c => c.Count, StringComparer.Ordinal),
        comparison.Pairs,
        comparison.Findings,
        comparison.Conclusions,
    };
}
