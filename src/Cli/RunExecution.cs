using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>A run from a finished request to the exit code; shared by <c>run</c>, <c>demo</c> and <c>ci</c>.</summary>
internal static class RunExecution
{
    public static async Task<int> ExecuteAsync(RunRequest request, bool json)
    {
        using var interruption = new Interruption();
        var result = await RunAsync(request, json, interruption);
        var exitCode = ExitCode.Of(result.Pack);
        if (json)
        {
            RunWatch.Line(new
            {
                Event = "finished",
                ExitCode = exitCode,
                Pack = result.Folder,
                result.Reports,
                result.Pack.Run.Completion,
                result.Pack.Judgement.Gate,
                result.Pack.Rules,
                Signer = new { result.Manifest.Signer.Fingerprint, result.Manifest.Signer.IsPackLocal },
            });
        }
        else
        {
            RunSummary.Write(result, exitCode);
        }

        return exitCode;
    }

    /// <exception cref="IOException">Writing failed; the folder stays marked as unfinished.</exception>
    public static async Task<RunResult> RunAsync(RunRequest request, bool json, Interruption interruption)
    {
        try
        {
            return await RunWatch.ShowAsync(json, progress =>
            {
                // Programs read events from stdout, people what is on stderr.
                interruption.SayThrough(json ? null : said => progress.Report(new Noticed(said)));
                return new AcceptanceRun(request, TimeProvider.System, new TruthfulInterruption(progress, interruption)).RunAsync(interruption.Stop);
            });
        }
        catch (Exception lost) when (lost is (EvidenceLostException or IOException or UnauthorizedAccessException) && File.Exists(Path.Combine(request.OutputFolder, PackLayout.Unfinished)))
        {
            Console.Error.WriteLine(Printable.Of($"输出目录 {request.OutputFolder} 带有 {PackLayout.Unfinished} 标记，不是完整的证据包。"));
            throw;
        }
        finally
        {
            interruption.SayThrough(null);
        }
    }

    /// <summary>Once everything is measured an interruption stops nothing any more, and must not say that it did.</summary>
    private sealed class TruthfulInterruption(IProgress<RunEvent> inner, Interruption interruption) : IProgress<RunEvent>
    {
        public void Report(RunEvent value)
        {
            if (value is ProbingFinished finished)
            {
                interruption.SayInstead(finished.IsComplete
                    ? $"收到中断：探测已经全部做完，正在写判定、报告与签名，写完就结束，证据包是完整的；打印 PDF 的浏览器也会收到 Ctrl+C，report.pdf 可能因此没有，可事后用 securitycheck report 另出；再按一次 Ctrl+C 立即退出，那样留下的目录带有 {PackLayout.Unfinished} 标记，不是证据包。"
                    : $"收到中断：探测已经停止，正在写完“已中断”的证据包；再按一次 Ctrl+C 立即退出，那样留下的目录带有 {PackLayout.Unfinished} 标记，不是证据包。");
            }

            inner.Report(value);
        }
    }

    /// <summary>packs/ID-TIME below the working folder; never one that exists.</summary>
    public static string DefaultFolder(string candidateId, TimeProvider clock)
    {
        var stamp = BeijingTime.ClockOf(clock.GetUtcNow()).ToString("yyyyMMdd-HHmmss", System.Globalization.CultureInfo.InvariantCulture);
        var folder = Path.Combine("packs", $"{candidateId}-{stamp}");
        for (var i = 2; Directory.Exists(folder); i++)
        {
            folder = Path.Combine("packs", $"{candidateId}-{stamp}-{i}");
        }

        return folder;
    }
}
