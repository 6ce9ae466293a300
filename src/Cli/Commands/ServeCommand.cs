using System.CommandLine;
using SmartCity.SecurityCheck.Workbench;

namespace SmartCity.SecurityCheck.Cli;

internal static class ServeCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("目录") { Description = "一个证据包，或放着多个证据包的目录" };
        var port = new Option<int>("--port") { Description = "127.0.0.1 上的端口；0 为任选一个空闲的", HelpName = "端口", DefaultValueFactory = _ => 0 };
        var (signKey, signKeyPassword) = (CommonOptions.SignKey(), CommonOptions.SignKeyPassword());
        var command = new DocumentedCommand(
            "serve",
            "在本机浏览器里看证据包、回答待人工的项目、附证据、申请豁免、比较两个包；只在 127.0.0.1 上，凭打印的一次性地址进入",
            ("securitycheck serve packs/service-portal-20260101-090000", "打开一个证据包"),
            ("securitycheck serve packs --port 8765", "打开目录里的所有证据包"),
            ("securitycheck serve packs --sign-key evaluator.pem", "封存的新包用测评单位自己的 SM2 私钥签名"))
        {
            folder, port, signKey, signKeyPassword,
        };
        command.SetAction(async parsed =>
        {
            if (parsed.GetValue(port) is < 0 or > 65535)
            {
                throw new BadRequestException("--port 应为 0 到 65535");
            }

            using var interruption = new Interruption("收到中断：工作台正在关闭，已保存的回答都在。");
            await using var server = await WorkbenchServer.StartAsync(
                new WorkbenchOptions
                {
                    Folder = parsed.GetValue(folder)!,
                    Port = parsed.GetValue(port),
                    SignKey = SigningKey.Read(parsed.GetValue(signKey), parsed.GetValue(signKeyPassword)),
                    Tools = SealedPack.Tools(),
                    Writers = [.. Product.Formats.Where(f => f != "pdf").Select(Product.Writer)],
                },
                interruption.Stop);
            Console.Out.WriteLine($"请在浏览器里打开（只能用一次）：{server.Entrance}");
            Console.Error.WriteLine("回答随时写盘，放在证据包旁边的 .statements 目录；Ctrl+C 结束。");
            await Task.Delay(Timeout.Infinite, interruption.Stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return ExitCode.Passed;
        });
        return command;
    }
}
