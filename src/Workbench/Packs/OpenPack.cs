using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Workbench;

/// <summary>Whether a pack may be judged, and what it says. Closed.</summary>
public abstract record Standing
{
    private protected Standing() { }
}

/// <summary>Sealed, and its verdicts follow from what it holds.</summary>
/// <param name="Manifest">Its seal.</param>
/// <param name="Unanswered">As it was sealed, without anything said after the run: what was measured.</param>
/// <param name="Now">With what was said here.</param>
/// <param name="Log">What was said.</param>
/// <param name="Questions">What 等级保护 asks people; null where the system has no grade.</param>
public sealed record Sound(PackManifest Manifest, EvidencePack Unanswered, EvidencePack Now, StatementLog Log, AnswerQuestions? Questions) : Standing;

/// <summary>Changed, forged or unreadable: nothing in it is judged.</summary>
public sealed record Unsound(string Why) : Standing;

/// <summary>Being written, or left behind by a run that was killed.</summary>
/// <param name="Progress">How far it came.</param>
/// <param name="Lines">The end of its log.</param>
public sealed record Unfinished(RunProgress Progress, IReadOnlyList<string> Lines) : Standing;

/// <summary>A pack on the shelf. Verified when it is opened and whenever its files change.</summary>
internal sealed class OpenPack(string name, string folder, WorkbenchOptions options) : IDisposable
{
    public const string SealedSuffix = "-answered-";
    private const int LogLines = 40;
    private const int LogBytes = 8 * 1024 * 1024;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private Verified? _verified;
    private (string Stamp, string Said, Sound Standing)? _judged;

    public string Name => name;

    public string Folder => folder;

    public StatementStore Statements { get; } = StatementStore.Of(folder, options.Clock);

    public void Dispose()
    {
        Statements.Dispose();
        _gate.Dispose();
    }

    public async Task<Standing> LookAsync()
    {
        if (File.Exists(Path.Combine(folder, PackLayout.Unfinished)))
        {
            var log = EndOfLog();
            return new Unfinished(RunProgress.Of(log), [.. log.TakeLast(LogLines)]);
        }

        await _gate.WaitAsync();
        try
        {
            return await JudgedAsync();
        }
        catch (Exception trouble) when (trouble is PackException or InputFaultException or IOException or UnauthorizedAccessException)
        {
            return new Unsound(trouble is InputFaultException faults ? $"{faults.Faults[0]}" : trouble.Message);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A pack beside this one with the answers in it.</summary>
    /// <exception cref="PackException">Of another version, or the folder cannot be used.</exception>
    public async Task<string> SealAsync(Sound sound)
    {
        await _gate.WaitAsync();
        try
        {
            for (var number = 1; ; number++)
            {
                var output = $"{folder}{SealedSuffix}{number}";
                if (!Directory.Exists(output))
                {
                    await AnsweredPack.SealAsync(folder, sound.Manifest, Statements, output, options.Tools with { Writers = options.Writers }, options.SignKey, options.Clock);
                    return Path.GetFileName(output);
                }
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<Standing> JudgedAsync()
    {
        var (stamp, said) = (StampOf(folder), StampOf(Statements.Folder));
        if (_verified is not { } known || known.Stamp != stamp)
        {
            _verified = null;
            var (manifest, judged, why) = await VerifyAsync();
            if (manifest is null || judged is null)
            {
                return new Unsound(why);
            }

            var isAnswered = Directory.Exists(Path.Combine(folder, PackLayout.Statements));
            var unanswered = isAnswered ? AnsweredPack.JudgeUnanswered(folder, options.Tools) : judged;
            known = new Verified(stamp, manifest, unanswered, AnsweredPack.Questions(folder, unanswered.Candidate, options.Tools));
            _verified = known;
        }

        if (_judged is { } before && before.Stamp == stamp && before.Said == said)
        {
            return before.Standing;
        }

        var log = Statements.Read();
        var sound = new Sound(known.Manifest, known.Unanswered, log.Entries.Count == 0 ? known.Unanswered : AnsweredPack.Judge(folder, Statements, options.Tools), log, known.Questions);
        _judged = (stamp, said, sound);
        return sound;
    }

    private async Task<(PackManifest? Manifest, EvidencePack? Judged, string Why)> VerifyAsync()
    {
        var verdict = PackVerification.Verify(folder);
        var review = verdict is PackIntact intact ? await PackReview.OfAsync(folder, intact.Manifest, options.Tools) : null;
        return (verdict, review) switch
        {
            (PackIntact sealedPack, PackFollows follows) => (sealedPack.Manifest, follows.Pack, ""),
            (PackDiffers differs, _) => (null, null, $"{differs.Path} — {differs.Message}"),
            (PackUnfinished unfinished, _) => (null, null, unfinished.Message),
            (_, PackContradicts contradicts) => (null, null, $"{contradicts.Path} {contradicts.Message}"),
            _ => (null, null, "没有通过核验"),
        };
    }

    /// <summary>Changes whenever a file or a link was added, removed, written or lengthened; links are not followed.</summary>
    private static string StampOf(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return "";
        }

        var listing = PackListing.Of(folder);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var link in listing.Links)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"link {link}\0"));
        }

        foreach (var path in listing.Files)
        {
            // A save may have renamed it meanwhile.
            var file = new FileInfo(Path.Combine(folder, path));
            hash.AppendData(Encoding.UTF8.GetBytes(file.Exists ? $"{path}\0{file.Length} {file.LastWriteTimeUtc.Ticks}\0" : $"{path}\0"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private IReadOnlyList<string> EndOfLog()
    {
        try
        {
            using var handle = RegularFile.Open(Path.Combine(folder, PackLayout.Log), out var length);
            var bytes = new byte[Math.Min(length, LogBytes)];
            var read = RandomAccess.Read(handle, bytes, length - bytes.Length);
            return [.. Encoding.UTF8.GetString(bytes, 0, read).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private sealed record Verified(string Stamp, PackManifest Manifest, EvidencePack Unanswered, AnswerQuestions? Questions);
}
