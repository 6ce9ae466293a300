using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Demo;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Cli;

/// <summary><c>archive receiver</c>: plays the archive a system transfers to.</summary>
internal static class ArchiveReceiverCommand
{
    private const int TokenBytes = 16;

    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "127.0.0.1 上的端口，0 由系统选", HelpName = "端口", DefaultValueFactory = _ => 8090 };
        var answers = new Option<string>("--answers") { Description = $"依次怎样答复：{ReceiverAnswer.Expected}", HelpName = "词", DefaultValueFactory = _ => "check" };
        var token = new Option<string?>("--token") { Description = "对方要出示的令牌（Bearer）；不给就随机生成并显示", HelpName = "文字" };
        var silence = new Option<int>("--silence") { Description = "timeout 时多少秒不答复", HelpName = "秒", DefaultValueFactory = _ => 60 };
        var pull = new Option<string[]>("--pull-from") { Description = "除本机外，还可以从哪里取包，可以多次", HelpName = "主机:端口" };
        var keep = new Option<string?>("--keep") { Description = "把收到的包存进这个目录", HelpName = "目录" };
        var log = new Option<string?>("--log") { Description = "把每次移交记成 JSON 行，可作证据", HelpName = "文件" };
        var command = new DocumentedCommand(
            "receiver",
            "在本机 127.0.0.1 扮演档案馆：收包、核对摘要、给出签名回执，或按剧本退回、令牌过期、不答复、重复；看被测系统怎样应对",
            ("securitycheck archive receiver", "核对摘要，相符就接收，不符就退回"),
            ("securitycheck archive receiver --answers return:题名缺失,check --log transfers.jsonl", "第一次退回，以后核对；看退回后能否补正重送"),
            ("securitycheck archive receiver --answers bad-token,timeout,check", "令牌过期、不答复，再恢复；看是否重试、是否重复入库"))
        {
            port, answers, token, silence, pull, keep, log,
        };
        command.SetAction(async parsed =>
        {
            var options = new ReceiverOptions
            {
                Port = parsed.GetValue(port) is >= 0 and <= 65535 and var number ? number : throw new BadRequestException("--port 应为 0 到 65535"),
                Token = parsed.GetValue(token) ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)),
                Answers = ReceiverAnswer.Parse(parsed.GetValue(answers)!) ?? throw new BadRequestException($"--answers {parsed.GetValue(answers)} 不认识；应为 {ReceiverAnswer.Expected}"),
                Silence = parsed.GetValue(silence) is > 0 and <= 3600 and var seconds ? TimeSpan.FromSeconds(seconds) : throw new BadRequestException("--silence 应为 1 到 3600 秒"),
                PullFrom = parsed.GetValue(pull) ?? [],
                Keep = parsed.GetValue(keep) is { } folder ? Path.GetFullPath(folder) : null,
            };
            using var interruption = new Interruption("收到中断：停止接收。");
            return await RunAsync(options, parsed.GetValue(log), interruption.Stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(ReceiverOptions options, string? log, CancellationToken stop)
    {
        await using var lines = log is null ? null : Log(log);
        var gate = new Lock();
        void Heard(ReceivedTransfer transfer)
        {
            lock (gate)
            {
                Console.WriteLine(Line(transfer));
                lines?.WriteLine(JsonSerializer.Serialize(transfer, JsonSerializerOptions.Web));
            }
        }

        try
        {
            await using var receiver = await ArchiveReceiver.StartAsync(options, TimeProvider.System, Heard, stop);
            Console.WriteLine($"""
                归档接口：{receiver.Address}（POST；JSON 给 reqid、aipdigest、url，或表单给 reqid、aipdigest、package）
                回执查询：http://127.0.0.1:{receiver.Port}/api/archive/receipts/请求号
                令牌：{Printable.Of(options.Token)}（请求头 Authorization: Bearer 令牌）
                回执签名公钥（SM2）：
                {receiver.ReceiptKeyPem.TrimEnd()}
                按 Ctrl+C 结束。只在本机监听；没有收到的，不说明被测系统没有发。
                """);
            await Task.Delay(Timeout.Infinite, stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            Console.WriteLine(TransferSummary.Of(receiver.Transfers));
            return ExitCode.Passed;
        }
        catch (IOException taken)
        {
            throw new BadRequestException($"端口 {options.Port} 开不了：{taken.Message}");
        }
    }

    /// <summary>An earlier one may be evidence and is not written over.</summary>
    private static StreamWriter Log(string path)
    {
        try
        {
            return new StreamWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new BadRequestException($"--log {path} 不能新建：{trouble.Message}");
        }
    }

    private static string Line(ReceivedTransfer transfer) =>
        $"{BeijingTime.ClockOf(transfer.At):HH:mm:ss} {Word(transfer.Outcome)} {(transfer.ReqId.Length == 0 ? "（无请求号）" : Printable.Of(transfer.ReqId))} {transfer.Bytes} 字节 {(transfer.DigestAlgorithm is null ? "无摘要" : Printable.Of(transfer.DigestAlgorithm))}：{Printable.Of(transfer.Reason)}";

    internal static string Word(TransferOutcome outcome) => outcome switch
    {
        TransferOutcome.Accepted => "接收",
        TransferOutcome.AlreadyAccepted => "重复",
        TransferOutcome.Returned => "退回",
        TransferOutcome.Conflict => "冲突",
        TransferOutcome.Unauthorized => "拒绝",
        TransferOutcome.Malformed => "看不懂",
        TransferOutcome.OwnTrouble => "接收方出错",
        _ => "不答复",
    };
}
