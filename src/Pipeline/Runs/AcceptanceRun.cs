using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>The one flow: plan → probe → judge → assemble → report → seal.</summary>
public sealed class AcceptanceRun(RunRequest request, TimeProvider clock, IProgress<RunEvent> watcher)
{
    /// <param name="stop">First Ctrl+C: probing ends, the rest is 未核验, and the pack is finished as an interrupted one.</param>
    /// <exception cref="ClassifiedSystemException">涉密: nothing was contacted.</exception>
    /// <exception cref="PackException">The output folder cannot be used.</exception>
    /// <exception cref="IOException">Writing failed midway; the folder stays marked as unfinished.</exception>
    public async Task<RunResult> RunAsync(CancellationToken stop)
    {
        ClassifiedSystemException.ThrowIf(request.Candidate);
        var started = clock.GetUtcNow();
        var redactor = new Redactor(request.Candidate.Secrets());
        var pack = PackFolder.Create(request.OutputFolder);
        IReadOnlyList<ProbeRecord> records;
        using (var log = new RunLog(pack.FullPath(PackLayout.Log), redactor, clock))
        {
            var progress = new LoggedProgress(watcher, log);
            WriteInputs(pack, redactor);
            if (ReportWords.OtherRules(request.Rulesets.UsedWith(request.Candidate.Profile)) is { } otherRules)
            {
                progress.Report(new Noticed(otherRules));
            }

            progress.Report(new StageStarted("探测"));
            records = await ProbeAsync(pack, redactor, log, progress, stop);
        }

        foreach (var record in records)
        {
            pack.WriteJson(RecordedOutcome.FileName(record), RecordedOutcome.Of(record));
        }

        var described = Describe(started, records, stop);
        watcher.Report(new ProbingFinished(described.Completion == Completion.Complete));
        pack.WriteJson(PackLayout.Run, described);
        watcher.Report(new StageStarted("判定"));

        // What is judged is what lies in the pack, so that whoever judges it again gets the same bytes.
        var (candidate, run, recorded) = PackReader.ReadObservations(pack.Path);
        var judged = Rejudging.Judge(candidate, request.Rulesets, request.Probes, recorded, run);
        pack.WriteJson(PackLayout.Judgement, judged.Judgement);
        watcher.Report(new StageStarted("报告"));
        var reports = await WriteReportsAsync(pack, AcceptanceReport.From(PackPictures.With(judged, pack.Path)));
        watcher.Report(new StageStarted("签名"));
        var manifest = PackSeal.Seal(pack, (request.Candidate.Id, run), request.SignKey, clock.GetUtcNow());
        return new RunResult(pack.Path, judged, manifest, reports);
    }

    private void WriteInputs(PackFolder pack, Redactor redactor)
    {
        pack.WriteBytes(PackLayout.Candidate, redactor.RedactNamed(request.CandidateFile));
        WriteAnswers(pack, redactor);
        foreach (var rules in request.Rulesets.ReferencesWith(request.Candidate.Profile))
        {
            var bytes = YamlText.ReadBytes(Path.Combine(request.RulesetsPath, rules.File), rules.File);
            pack.WriteBytes($"{PackLayout.Rulesets}/{rules.File}", Convert.ToHexStringLower(SHA256.HashData(bytes)) == rules.Sha256
                ? bytes
                : throw new PackException($"规则文件 {rules.File} 在读入之后被改动过，运行没有继续"));
        }
    }

    /// <summary>What people answered and the attachments they named, those that are what the answers say they are.</summary>
    private void WriteAnswers(PackFolder pack, Redactor redactor)
    {
        foreach (var file in request.Candidate.Protection.Files)
        {
            pack.WriteBytes(file.Name, redactor.RedactNamed(file.Content.ToArray()));
        }

        if (request.Candidate.Protection.Answers is not { } answers || request.Candidate.Protection.AttachmentsFolder is not { } folder)
        {
            return;
        }

        foreach (var attachment in AnswerFile.Attachments(answers).Where(a => a.State == AttachmentState.Present).DistinctBy(a => a.Sha256, StringComparer.Ordinal))
        {
            var bytes = RegularFile.Read(Path.Combine(folder, attachment.Path), AnswerFile.AttachmentCap);
            if (Convert.ToHexStringLower(SHA256.HashData(bytes)) == attachment.Sha256)
            {
                pack.WriteBytes($"{PackLayout.Protection}/{ProtectionReader.AttachmentFolder}/{attachment.Sha256}", bytes);
            }
        }
    }

    private async Task<IReadOnlyList<ProbeRecord>> ProbeAsync(PackFolder pack, Redactor redactor, RunLog log, IProgress<RunEvent> progress, CancellationToken stop)
    {
        var scope = Scope.Of(request.Candidate);
        var tools = new ProcessToolRunner();
        var context = new ProbeContext
        {
            Scope = scope,
            Dialer = new SocketDialer(scope),
            Tools = tools,
            Shells = new SshShellAccess(tools, scope),
            Evidence = new FolderEvidenceStore(pack.Path, redactor),
            Redactor = redactor,
            Clock = clock,
            Log = log,
            Shared = new SharedWork(),
            Tables = request.Rulesets.Library.Tables,
            Seals = request.Seals,
            AllowIntrusive = request.AllowIntrusive,
            CacheFolder = request.CacheFolder,
        };
        var runner = new ProbeRunner(context, new RunnerOptions(RunLimit: request.RunLimit), progress);
        return await runner.RunAsync(request.Probes.Plan(request.Candidate.Targets()), stop);
    }

    private RunInformation Describe(DateTimeOffset started, IReadOnlyList<ProbeRecord> records, CancellationToken stop) => new()
    {
        ToolVersion = request.ToolVersion,
        StartedAt = started,
        FinishedAt = clock.GetUtcNow(),
        Completion = stop.IsCancellationRequested || records.Any(r => r.Outcome is Unable { Kind: FailureKind.Cancelled }) ? Completion.Cancelled : Completion.Complete,
        Rulesets = request.Rulesets.ReferencesWith(request.Candidate.Profile),
        Probes = [.. request.Probes.Probes.Select(p => ProbeReference.To(p.Manifest))],
        Tools = request.Tools,
        OperatingSystem = RuntimeInformation.OSDescription,
        Runtime = RuntimeInformation.FrameworkDescription,
        FailOn = request.FailOn,
        Stage = request.Stage,
        Profile = request.Candidate.Profile,
        AllowIntrusive = request.AllowIntrusive,
    };

    private async Task<IReadOnlyList<string>> WriteReportsAsync(PackFolder pack, AcceptanceReport report)
    {
        var written = new List<string>();
        foreach (var writer in request.Writers.Where(w => w.Fits(report)))
        {
            try
            {
                using var buffer = new MemoryStream();
                await writer.WriteAsync(report, buffer, CancellationToken.None);
                pack.WriteBytes(writer.FileName, buffer.ToArray());
                written.Add(writer.FileName);
            }
            catch (ReportUnavailableException missing)
            {
                watcher.Report(new Noticed($"没有生成 {writer.FileName}:{missing.Message}"));
            }
        }

        return written;
    }
}

/// <summary>涉密信息系统 must not be inspected with this tool.</summary>
public sealed class ClassifiedSystemException(string message) : Exception(message)
{
    /// <exception cref="ClassifiedSystemException">The candidate is marked 涉密.</exception>
    public static void ThrowIf(Candidate candidate)
    {
        if (candidate.IsClassified)
        {
            throw new ClassifiedSystemException(
                $"“{candidate.Name}”标注为涉密系统（classified: true）。涉密信息系统按国家保密规定管理和测评，不得使用本工具；本次没有连接任何主机。");
        }
    }
}
