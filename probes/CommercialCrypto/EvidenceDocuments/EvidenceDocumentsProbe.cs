using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// Digests of the documents that answers of people lean on, so that an answer is tied to bytes and not to a name. The documents themselves
/// stay where they are: they may be large and hold what belongs in no evidence pack.
/// </summary>
public sealed class EvidenceDocumentsProbe : Probe<Document, EvidenceDocument>
{
    private const int MaxFiles = 2000;

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "crypto.evidence-documents",
        Pillar = Pillar.CommercialCrypto,
        Title = "证据文件摘要",
        Question = "人工回答所依据的文件在不在，摘要是多少？",
        Needs = typeof(Document),
        Observes = typeof(EvidenceDocument),
        Touches = Touches.Files,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromMinutes(10),
        Version = "2",
    };

    protected override Task<ProbeOutcome> ObserveAsync(Document target, ProbeContext context, CancellationToken cancellationToken)
    {
        var tree = FileTree.At(target.Path);
        var names = tree.List(MaxFiles, out var isWhole);
        if (names.Count == 0 || !isWhole)
        {
            throw new UnableException(FailureKind.BadInput, names.Count == 0 ? $"{target.DisplayName} 里没有文件" : $"{target.DisplayName} 里的文件超过 {MaxFiles} 个，或有目录读不了");
        }

        var isFile = File.Exists(target.Path);
        IReadOnlyList<string> paths = isFile ? [target.Path] : [.. names.Select(n => Path.Combine(target.Path, n))];
        var digests = Hashed(target, paths, cancellationToken);
        var bytes = digests.Sum(d => d.Bytes);
        if (bytes == 0)
        {
            throw new UnableException(FailureKind.BadInput, $"{target.DisplayName} 是空文件");
        }

        var forms = paths.Select(p => FormOf(target, p)).ToList();
        var listing = Encoding.UTF8.GetBytes(string.Concat(names.Zip(digests, (n, d) => $"{d.Sha256}  {n}\n")));
        var evidence = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "digests.txt", "text/plain", listing, $"{target.DisplayName} 各文件的 SHA-256"));
        var record = new EvidenceDocument
        {
            Files = digests.Count,
            Bytes = bytes,
            LegibleBytes = digests.Zip(forms, (d, form) => form is null ? 0 : d.Bytes).Sum(),
            Forms = [.. forms.OfType<PaperForm>().Select(f => f.Name()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Sha256 = isFile ? digests[0].Sha256 : Convert.ToHexStringLower(SHA256.HashData(listing)),
            Sm3 = isFile ? digests[0].Sm3 : Convert.ToHexStringLower(Sm3.HashData(listing)),
        };
        return Task.FromResult<ProbeOutcome>(Saw(target, context, record, evidence));
    }

    private static PaperForm? FormOf(Document target, string path)
    {
        try
        {
            using var handle = RegularFile.Open(path, out var length);
            var part = (int)Math.Min(length, PaperShape.Part);
            return PaperShape.Of(Read(handle, 0, part), Read(handle, length - part, part));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new UnableException(FailureKind.BadInput, $"{target.DisplayName} 读不了", trouble);
        }
    }

    private static byte[] Read(SafeFileHandle handle, long from, int count)
    {
        var bytes = new byte[count];
        var filled = 0;
        while (filled < count && RandomAccess.Read(handle, bytes.AsSpan(filled), from + filled) is var read and > 0)
        {
            filled += read;
        }

        return bytes[..filled];
    }

    private static IReadOnlyList<FileDigest> Hashed(Document target, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        try
        {
            return FileHashing.HashFiles(paths, ct: cancellationToken);
        }
        catch (FileHashingException unreadable)
        {
            throw new UnableException(FailureKind.BadInput, $"{target.DisplayName} 读不了：{unreadable.Failures[0].Reason}", unreadable);
        }
    }
}
