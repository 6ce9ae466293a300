using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Reads columns of tables, or whole files, that are said to be encrypted, and tries a test key where one is given.</summary>
public sealed class CiphertextColumnsProbe : Probe<CryptoSample, CiphertextColumns>
{
    private const int MaxFiles = 2000;

    /// <summary>Decryption of every value stops here; what is left is counted as not tried.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(7);

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "crypto.ciphertext-columns",
        Pillar = Pillar.CommercialCrypto,
        Title = "密文样本",
        Question = "称为密文的数据能不能不用密钥读出，有没有 ECB、固定初始向量等特征，测试密钥能不能解开？",
        Needs = typeof(CryptoSample),
        Samples = CryptoSampleKind.Ciphertext,
        Observes = typeof(CiphertextColumns),
        Touches = Touches.Files,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromMinutes(10),
        Version = "1",
    };

    protected override Task<ProbeOutcome> ObserveAsync(CryptoSample target, ProbeContext context, CancellationToken cancellationToken)
    {
        var files = SampleFiles.Of(target, MaxFiles);
        using var sm2 = TrialKeys.Sm2(target.Hidden("sm2Key"));
        if (target.Hidden("sm2Key") is { } given && sm2 is null)
        {
            throw new UnableException(FailureKind.BadInput, $"{given.Origin} 里不是 SM2 私钥；应为 64 位十六进制的私钥 d，或一行 Base64 的 PKCS#8");
        }

        using var trial = new DecryptionTrial(Keys(target, files), Iv(target), sm2, cancellationToken);
        var started = context.Clock.GetTimestamp();
        var work = new ColumnWork(target, files.Tree, trial, () => context.Clock.GetElapsedTime(started) > Limit, cancellationToken);
        var (columns, digests, loose) = (new List<CiphertextColumn>(), new List<SampleFileDigest>(), new List<string>());
        foreach (var name in files.Names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            digests.Add(target.Digest(files.Tree, name, cancellationToken));
            if (TableFile.IsBinary(files.Tree, name))
            {
                loose.Add(name);
            }
            else
            {
                columns.AddRange(work.Table(name));
            }
        }

        if (loose.Count > 0)
        {
            columns.Add(work.Loose(loose, files.IsWhole));
        }

        var whole = files.IsWhole;
        var record = new CiphertextColumns { Files = digests, Columns = whole ? new(columns) : default, WeakestStrengthBits = whole ? Weakest(columns) : default };
        return Task.FromResult<ProbeOutcome>(Saw(target, context, record, context.Evidence.Save(new EvidenceDraft(
            Manifest.Id, target.TargetId, "ciphertext-columns.txt", "text/plain", Encoding.UTF8.GetBytes(Summary(digests, columns)), $"{target.DisplayName} 各列的计数（不含内容与密钥）"))));
    }

    private static Fact<int> Weakest(List<CiphertextColumn> columns) =>
        columns.Count > 0 && columns.TrueForAll(c => c.Decryption is { IsKnown: true, Value: var found } && (found.ProvesColumn.IsKnown || IsWeak(found))) ? columns.Min(c => c.Decryption.Value.StrengthBits) : default(Fact<int>);

    /// <summary>A cipher whose keys can all be counted through proves nothing, and is what it is.</summary>
    private static bool IsWeak(DecryptionFound found) => found is { UnopenedRows: 0, UntriedRows: 0, OpenedRows: > 0, StrengthBits: < (int)KeyBits.Fewest };

    private static IReadOnlyList<TestKey> Keys(CryptoSample target, SampleFiles files)
    {
        var known = PublicKeys.Of([target.Id, .. target.Names("columns"), .. files.Names.Take(1).Select(n => Path.GetFileNameWithoutExtension(n))]);
        return [.. PublicKeys.Marked(TrialKeys.Of(target.Hidden("key")), known.Concat(PublicKeys.OfCommonPasswords)), .. known];
    }

    private static byte[]? Iv(CryptoSample target) => target.Setting("iv") is not { } text ? null
        : BinaryText.Decode(text)?.Bytes is { Length: >= 8 and <= 16 } bytes ? bytes
        : Encoding.UTF8.GetByteCount(text) is >= 8 and <= 16 ? Encoding.UTF8.GetBytes(text)
        : throw new UnableException(FailureKind.BadInput, "iv 认不出；应为 8–16 字节，十六进制、Base64 或文字");

    private static string Summary(IReadOnlyList<SampleFileDigest> files, IReadOnlyList<CiphertextColumn> columns)
    {
        var text = new StringBuilder();
        foreach (var file in files)
        {
            text.Append($"文件 {file.File}，{file.Bytes} 字节，SM3 {file.Sm3}\n");
        }

        foreach (var column in columns)
        {
            text.Append($"{column.Name}：{column.Rows} 行，空 {column.EmptyRows} 行\n");
            foreach (var nature in column.Natures)
            {
                text.Append($"  {EnumWords.Say(nature.Nature)}：{nature.Rows} 行，最早出现在第 {string.Join("、", nature.FirstRows)} 行\n");
            }

            text.Append(column.Masks.Count > 0 ? $"  看出的变换：{string.Join("、", column.Masks)}\n" : $"  试过的还原：{Undoings.Tried}；不带密钥的杂凑：{EnumerableHashes.Tried}（只在各值长度都是杂凑长度时）\n");
            text.Append($"  ECB 特征 {column.EcbRows} 行；相同密文 {column.EqualRows} 行；相同前缀 {column.FixedPrefixBytes} 字节\n");
            text.Append(column.Bytes.IsKnown
                ? $"  字节分布：{column.Bytes.Value.Count} 字节，卡方 {column.Bytes.Value.ChiSquare}，P={column.Bytes.Value.P}；熵比 8 少 {column.Bytes.Value.SmallestDeficitSeen} 比特/字节以上时，100 次里会发现 95 次\n"
                : "  字节分布：字节太少，没有检验\n");
            text.Append(column.Decryption.IsKnown ? $"  解密：{column.Decryption.Value.Combination}，解开 {column.Decryption.Value.OpenedRows} 行（不同明文 {column.Decryption.Value.DistinctPlaintexts} 种），没有解开 {column.Decryption.Value.UnopenedRows} 行，没有试 {column.Decryption.Value.UntriedRows} 行\n"
                : column.CombinationsTried.IsKnown ? $"  解密：试过 {column.CombinationsTried.Value} 种组合，没有一种得到文字\n" : "  解密：没有给出测试密钥\n");
        }

        return text.Replace("(missing)", "未知").ToString();
    }
}
