using System.CommandLine;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using SmartCity.SecurityCheck.Judging;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

internal static class DoctorCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "以 JSON 给出" };
        var command = new DocumentedCommand(
            "doctor",
            "检查本机：外部工具、版本，以及缺少每一样时会少什么",
            ("securitycheck doctor", "列出外部工具"))
        {
            json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var tools = await OutsideTools.InspectAsync(cancellationToken);
            if (parsed.GetValue(json))
            {
                RunWatch.Line(new { Product.Version, Runtime = RuntimeInformation.FrameworkDescription, Os = RuntimeInformation.OSDescription, HashPath = HashPath(), Tools = tools });
                return ExitCode.Passed;
            }

            Write(tools);
            return ExitCode.Passed;
        });
        return command;
    }

    private static void Write(IReadOnlyList<OutsideTool> tools)
    {
        var console = Terminal.Out;
        console.WriteLine($"securitycheck {Product.Version}  {RuntimeInformation.FrameworkDescription}  {RuntimeInformation.OSDescription}");
        console.WriteLine($"探测 {Product.Probes.Probes.Count} 个；批量杂凑：{HashPath()}；规则：{Rules()}");
        var table = new Table().Border(TableBorder.Rounded).Expand();
        table.AddColumn(new TableColumn("工具").NoWrap());
        table.AddColumn("版本");
        table.AddColumn("用途");
        table.AddColumn("缺少时");
        foreach (var tool in tools)
        {
            table.AddRow(new Text(tool.Name), tool.Version is null ? new Markup("[yellow]没有找到[/]") : new Text(tool.Version), new Text(tool.For), new Text(tool.Version is null ? $"{tool.Loss}。安装：{tool.Install}" : tool.Loss));
        }

        console.Write(table);
        var missing = tools.Count(t => t.Version is null);
        console.WriteLine(missing == 0 ? "外部工具齐全。" : $"缺 {missing} 样；不影响其余功能。");
    }

    private static string Rules()
    {
        try
        {
            var folder = Product.LoadRulesets(null);
            return $"{folder.Requirements.Count} 条要求、{folder.Profiles.Count} 个验收办法";
        }
        catch (InputFaultException faults)
        {
            return $"读不了（{faults.Faults[0]}）";
        }
    }

    private static string HashPath() => Avx512F.IsSupported ? "AVX-512 十六路" : Avx2.IsSupported ? "AVX2 八路" : "标量";
}
