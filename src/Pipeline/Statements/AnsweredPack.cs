using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>A sealed pack together with what people said of it since.</summary>
public static class AnsweredPack
{
    /// <summary>Judges the pack's observations with the answers, by its own rules.</summary>
    /// <exception cref="PackException">It cannot be read.</exception>
    /// <exception cref="InputFaultException">Its candidate.yaml or rules cannot be read by this tool.</exception>
    public static EvidencePack Judge(string folder, StatementStore store, PackReviewTools tools)
    {
        _ = store.Read();
        var run = PackReader.ReadRun(folder);
        return Judge(folder, StatementReading.Merge(PackReader.ReadCandidate(folder) with { Profile = run.Profile }, store.Sources), run, tools);
    }

    /// <summary>The same without anything said after the run.</summary>
    /// <exception cref="PackException">It cannot be read.</exception>
    /// <exception cref="InputFaultException">Its candidate.yaml or rules cannot be read by this tool.</exception>
    public static EvidencePack JudgeUnanswered(string folder, PackReviewTools tools)
    {
        var run = PackReader.ReadRun(folder);
        return Judge(folder, PackReader.ReadCandidate(folder) with { Profile = run.Profile }, run, tools);
    }

    /// <summary>What 等级保护 asks people about the system, by the rules of the pack.</summary>
    /// <returns>Null where the system has no grade.</returns>
    /// <exception cref="InputFaultException">Its rules cannot be read by this tool.</exception>
    public static AnswerQuestions? Questions(string folder, Candidate candidate, PackReviewTools tools) =>
        candidate.ProtectionLevel is null ? null : new AnswerQuestions(PackReader.RulesOf(folder, tools).Library, candidate);

    private static EvidencePack Judge(string folder, Candidate candidate, RunInformation run, PackReviewTools tools)
    {
        var rules = PackReader.RulesOf(folder, tools);
        return PackPictures.With(Rejudging.Judge(candidate, rules, tools.Probes, PackReader.ReadRecords(folder), run), folder);
    }

    /// <summary>Writes a new pack with the answers in it, judged, reported and sealed; the old one stays.</summary>
    /// <param name="folder">The pack that was answered, intact.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="store">The answers.</param>
    /// <param name="output">The new folder.</param>
    /// <param name="tools">The writers of its reports are these.</param>
    /// <param name="signKey">Null makes a key for this pack alone.</param>
    /// <param name="clock">When it is sealed.</param>
    /// <exception cref="PackException">It was made by another version, or the folder cannot be used.</exception>
    /// <exception cref="IOException">Writing failed; the new folder stays marked as unfinished.</exception>
    public static async Task<EvidencePack> SealAsync(string folder, PackManifest manifest, StatementStore store, string output, PackReviewTools tools, Sm2PrivateKey? signKey, TimeProvider clock)
    {
        if (manifest.ToolVersion != tools.ToolVersion)
        {
            throw new PackException($"该包由 {manifest.ToolVersion} 版做出，本工具是 {tools.ToolVersion} 版：报告会与包内判定对不上，请用同一版本封存");
        }

        var log = store.Read();
        var pack = PackFolder.Create(output);
        foreach (var file in manifest.Files.Where(f => RunSeal.IsOfRun(f.Path)))
        {
            var bytes = PackReader.ReadBytes(folder, file.Path) ?? throw new PackException($"读不了 {file.Path}");
            pack.WriteBytes(file.Path, bytes);
        }

        foreach (var part in new[] { PackLayout.Manifest, PackLayout.ManifestSm3, PackLayout.ManifestSignature })
        {
            var known = PackReader.ReadBytes(folder, $"{RunSeal.Folder}/{part}") ?? PackReader.ReadBytes(folder, part);
            pack.WriteBytes($"{RunSeal.Folder}/{part}", known ?? throw new PackException($"读不了 {part}"));
        }

        pack.WriteBytes($"{PackLayout.Statements}/{StatementReading.LogFile}", StatementStore.Json(log));
        foreach (var file in log.Entries.SelectMany(e => e.Files).Select(f => f.Sha256).Distinct(StringComparer.Ordinal))
        {
            var relative = $"{StatementReading.FilesFolder}/{file}";
            if (store.Sources.Select(s => PackReader.ReadBytes(s, relative)).FirstOrDefault(b => b is not null) is { } bytes)
            {
                pack.WriteBytes($"{PackLayout.Statements}/{relative}", bytes);
            }
        }

        return await FinishAsync(pack, tools, signKey, clock);
    }

    private static async Task<EvidencePack> FinishAsync(PackFolder pack, PackReviewTools tools, Sm2PrivateKey? signKey, TimeProvider clock)
    {
        var (candidate, run, _) = PackReader.ReadObservations(pack.Path);
        var judged = Judge(pack.Path, candidate, run, tools);
        pack.WriteJson(PackLayout.Judgement, judged.Judgement);
        var report = AcceptanceReport.From(judged);
        foreach (var writer in tools.Writers.Where(w => w.Fits(report)))
        {
            using var buffer = new MemoryStream();
            await writer.WriteAsync(report, buffer, CancellationToken.None);
            pack.WriteBytes(writer.FileName, buffer.ToArray());
        }

        PackSeal.Seal(pack, (candidate.Id, run), signKey, clock.GetUtcNow());
        return judged;
    }
}
