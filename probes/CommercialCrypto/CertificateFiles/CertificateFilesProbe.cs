using System.Globalization;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Reads files of certificates and keys. What it keeps as evidence is its own list of what it found, never a file that may hold a key.</summary>
public sealed class CertificateFilesProbe : Probe<CryptoSample, CertificateFileRecord>
{
    private const int MaxFiles = 5000;
    private const int MaxItems = 5000;
    private const int FileCap = 32 * 1024 * 1024;
    private const int HeadBytes = 4096;

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "crypto.certificate-files",
        Pillar = Pillar.CommercialCrypto,
        Title = "证书与密钥文件",
        Question = "样本里的证书、申请、撤销列表是否合乎规范、相互成链，私钥有没有以明文或弱口令存放？",
        Needs = typeof(CryptoSample),
        Samples = CryptoSampleKind.Certificate,
        Observes = typeof(CertificateFileRecord),
        Touches = Touches.Files,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromMinutes(10),
        Version = "1",
    };

    protected override Task<ProbeOutcome> ObserveAsync(CryptoSample target, ProbeContext context, CancellationToken cancellationToken)
    {
        var files = SampleFiles.Of(target, MaxFiles);
        var found = new FoundParts { IsWhole = files.IsWhole };
        foreach (var name in files.Names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (found.Count > MaxItems)
            {
                found.IsWhole = false;
                break;
            }

            ReadFile(files.Tree, name, found);
        }

        var record = Describe(files, found, context.Clock.GetUtcNow(), cancellationToken);
        var list = context.Evidence.Save(new EvidenceDraft(
            Manifest.Id, target.TargetId, "inventory.txt", "text/plain", System.Text.Encoding.UTF8.GetBytes(Inventory(record)), "样本中找到的证书、申请、撤销列表与密钥容器清单（不含任何密钥内容）"));
        return Task.FromResult<ProbeOutcome>(Saw(target, context, record, list));
    }

    private static void ReadFile(FileTree tree, string name, FoundParts found)
    {
        try
        {
            using var stream = tree.OpenRead(name);
            if (stream.Length <= FileCap)
            {
                var bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                new PartRecognition(found, name).Read(bytes);
                return;
            }

            var head = new byte[HeadBytes];
            stream.ReadExactly(head);
            if (LooksKnown(head))
            {
                found.Unreadable(new FoundAt(name, 0), $"文件有 {stream.Length} 字节，超过上限 {FileCap} 字节，没有读");
            }
            else
            {
                found.OtherFiles.Add(name);
                found.Doubt(new FoundAt(name, 0), $"文件有 {stream.Length} 字节，超过上限 {FileCap} 字节，没有在其中找私钥");
            }
        }
        catch (UnableException unable)
        {
            found.Unreadable(new FoundAt(name, 0), unable.Message);
        }
        catch (IOException)
        {
            found.Unreadable(new FoundAt(name, 0), "读取中途出错或文件长度变化");
        }
    }

    /// <summary>Of a file too large to read, by its beginning.</summary>
    private static bool LooksKnown(ReadOnlySpan<byte> head) =>
        head[0] == 0x30 || head.IndexOf(PemSections.Begin) >= 0 || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xED, 0xFE, 0xED]) || head.StartsWith((ReadOnlySpan<byte>)[0xCE, 0xCE, 0xCE, 0xCE]);

    private static CertificateFileRecord Describe(SampleFiles files, FoundParts found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reading = new CertificateReading(found, now, cancellationToken);
        var weak = new WeakPassphrases();
        List<T> Each<TFound, T>(List<Found<TFound>> items, Func<Found<TFound>, T> describe)
            where TFound : class
        {
            return items.ConvertAll(i =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return describe(i);
            });
        }

        var certificates = Each(found.Certificates, reading.Describe);
        var requests = Each(found.Requests, CertificateReading.Describe);
        var lists = Each(found.Lists, reading.Describe);
        var keys = Each(found.Keys, k => DescribeKey(k, files.Tree, weak, cancellationToken));
        return new CertificateFileRecord
        {
            Files = files.Names.Count,
            OtherFiles = found.OtherFiles,
            Certificates = Whole<SampledCertificate>(certificates),
            Requests = Whole<SampledRequest>(requests),
            RevocationLists = Whole<SampledRevocationList>(lists),
            Pairs = Whole<SampledPair>(PairFinding.Find(found.Certificates)),
            PrivateKeys = Whole<SampledKey>(keys),
            WeakCertificates = [.. certificates.Select(Weakness).OfType<string>().Take(MaxItems)],
            FlawedKeys = [.. certificates.Where(c => c.KeyFlaws is { IsKnown: true, Value.Count: > 0 }).Select(c => $"{c.Note}（{string.Join("，", c.KeyFlaws.Value.Select(EnumWords.Say))}）").Take(MaxItems)],
            OddSm2Certificates = [.. certificates.Select(OddSm2).OfType<string>().Take(MaxItems)],
            UnchainedCertificates = [.. certificates.Select(Unchained).OfType<string>().Take(MaxItems)],
            ClearKeys = Named(keys, k => k.Clear is { IsKnown: true, Value: true }),
            WeakPassphraseKeys = Named(keys, k => k.WeakPassphrase is { IsKnown: true, Value: true }),
            ReadableKeys = Named(keys, k => k.OthersMayRead is { IsKnown: true, Value: true } && k.HoldsPrivateKey is { IsKnown: true, Value: true }),
            DerivedKeys = [.. keys.Where(k => k is { HoldsPrivateKey: { IsKnown: true, Value: true }, Iterations: { IsKnown: true, Value: not null } }).OrderBy(k => k.Iterations.Value)
                .Select(k => $"{k.Note}（{k.Kdf.Value ?? "算法未知"}，{k.Iterations.Value} 次）").Take(MaxItems)],
            Problems = found.HasDoubt && found.Problems.Count == 0 ? default : Whole<FileProblem>(found.Problems),
            Remarks = [.. found.Remarks.Distinct(StringComparer.Ordinal).Take(MaxItems)],
        };

        Fact<IReadOnlyList<T>> Whole<T>(IReadOnlyList<T> list) => found.IsWhole ? new Fact<IReadOnlyList<T>>(list) : default;
    }

    private static IReadOnlyList<string> Named(IEnumerable<SampledKey> keys, Func<SampledKey, bool> which) => [.. keys.Where(which).Select(k => k.Note).Take(MaxItems)];

    /// <summary>Null where nothing is weak.</summary>
    private static string? Weakness(SampledCertificate certificate)
    {
        const int least = 2048;
        List<string> why = [];
        var countsHash = certificate.SelfSigned is not { IsKnown: true, Value: true };
        if (countsHash && IsBroken(certificate.SignatureHash))
        {
            why.Add($"以 {certificate.SignatureHash.Value} 签名");
        }

        if (countsHash && IsBroken(certificate.MaskHash))
        {
            why.Add($"签名的 MGF1 用 {certificate.MaskHash.Value}");
        }

        if (certificate.KeyAlgorithm is { IsKnown: true, Value: "RSA" or "RSA-PSS" or "DSA" } && certificate.KeyBits is { IsKnown: true, Value: < least } bits)
        {
            why.Add($"{certificate.KeyAlgorithm.Value} 密钥 {bits.Value} 位");
        }

        return why.Count == 0 ? null : $"{certificate.Note}（{string.Join("，", why)}）";
    }

    private static bool IsBroken(Fact<string?> hash) => hash is { IsKnown: true, Value: "MD2" or "MD4" or "MD5" or "SHA-0" or "SHA-1" };

    /// <summary>Null for one that is as it should be, or of another algorithm.</summary>
    private static string? OddSm2(SampledCertificate certificate)
    {
        if (certificate.KeyAlgorithm is not { IsKnown: true, Value: "SM2" })
        {
            return null;
        }

        List<string> why = [];
        if (certificate.SignatureAlgorithm is { IsKnown: true, Value: not "SM2-with-SM3" } signature)
        {
            why.Add($"签名算法为 {signature.Value}");
        }

        if (certificate.KeyWellFormed is { IsKnown: true, Value: false })
        {
            why.Add("公钥不是曲线上的点或结构不对");
        }

        return why.Count == 0 ? null : $"{certificate.Note}（{string.Join("，", why)}）";
    }

    /// <summary>Null for one whose chain is whole.</summary>
    private static string? Unchained(SampledCertificate certificate)
    {
        var why = certificate.ChainVerified is { IsKnown: true, Value: false } ? "链验证不过"
            : certificate.ChainVerified is { IsKnown: true, Value: null } ? "样本里没有签发者的证书"
            : certificate is { SelfSigned: { IsKnown: true, Value: true }, Role: { IsKnown: true, Value: not CertificateRole.Authority } } ? "终端证书自己签发自己" : null;
        return why is null ? null : $"{certificate.Note}（{why}）";
    }

    private static SampledKey DescribeKey(Found<KeyContainer> one, FileTree tree, WeakPassphrases weak, CancellationToken cancellationToken)
    {
        var mode = tree.ModeOf(one.At.File);
        var bare = new SampledKey
        {
            File = one.At.File,
            Offset = one.At.Offset,
            Note = $"{one.At}：没有读出",
            FileMode = mode is { } bits ? Convert.ToString((int)bits, 8).PadLeft(4, '0') : default(Fact<string>),
            OthersMayRead = mode is { } given ? (given & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != UnixFileMode.None : default(Fact<bool>),
        };
        if (one.Value is not { } key)
        {
            return bare;
        }

        var (isWeak, whyNot) = weak.Try(key, one.At.File, cancellationToken);
        bool? isClear = key.HoldsPrivateKey == false ? false : key.IsClear;
        return bare with
        {
            Note = $"{one.At}：{KeyWords.Say(key, isWeak)}",
            Format = key.Format,
            HoldsPrivateKey = key.HoldsPrivateKey is { } holds ? holds : default(Fact<bool>),
            Clear = isClear is { } clear ? clear : default(Fact<bool>),
            Algorithm = key.Algorithm,
            Kdf = key.Kdf,
            Iterations = key.Iterations,
            Cipher = key.Cipher,
            WeakPassphrase = isWeak is { } known ? known : default(Fact<bool>),
            WhyNotTried = whyNot,
        };
    }

    private static string Inventory(CertificateFileRecord record)
    {
        List<string> lines = [string.Create(CultureInfo.InvariantCulture, $"文件 {record.Files} 个，其中不是证书与密钥的 {record.OtherFiles.Count} 个")];
        Add("证书", record.Certificates, c => $"{c.Note}  {(c.Sha256.IsKnown ? c.Sha256.Value : "")}");
        Add("证书申请", record.Requests, r => r.Note);
        Add("撤销列表", record.RevocationLists, l => l.Note);
        Add("私钥", record.PrivateKeys, k => k.Note);
        Add("读不出的内容", record.Problems, p => p.Note);
        lines.AddRange(record.Remarks);
        return string.Join('\n', lines) + "\n";

        void Add<T>(string title, Fact<IReadOnlyList<T>> list, Func<T, string> say) =>
            lines.AddRange(list.IsKnown ? list.Value.Select(i => $"{title}  {say(i)}") : [$"{title}  清单不完整，没有列出"]);
    }
}
