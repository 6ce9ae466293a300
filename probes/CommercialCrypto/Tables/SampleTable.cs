using System.ComponentModel;
using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>A file of a sample, so that somebody else can tell whether he holds the same one.</summary>
public sealed record SampleFileDigest
{
    /// <summary>Relative to the sample.</summary>
    [Description("")]
    public required string File { get; init; }

    [Description("字节")]
    public required long Bytes { get; init; }

    /// <summary>64 lower-case hexadecimal digits (GB/T 32905-2016).</summary>
    [Description("SM3")]
    public required string Sm3 { get; init; }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Sheets of a workbook that hold data and were not read; hidden ones are marked.</summary>
    [Description("没有读的工作表")]
    public IReadOnlyList<string> UnreadSheets { get; init; } = [];
}

/// <summary>What samples of tables have in common: their settings and how they are opened.</summary>
internal static class SampleTable
{
    private const int MaxFiles = 2000;

    /// <summary>Null where not set.</summary>
    public static string? Setting(this CryptoSample sample, string name) => sample.Settings.GetValueOrDefault(name);

    public static Secret? Hidden(this CryptoSample sample, string name) => sample.Secrets.GetValueOrDefault(name);

    /// <summary>Names between commas of either width.</summary>
    public static IReadOnlyList<string> Names(this CryptoSample sample, string name) =>
        [.. (sample.Setting(name) ?? "").Split([',', '，', '、'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    public static TableOptions Options(this CryptoSample sample) => TableOptions.Default with
    {
        Sheet = sample.Setting("sheet"),
        HasHeader = sample.Setting("header") switch { "yes" => true, "no" => false, _ => null },
    };

    /// <summary>Why a table was not read wholly, for summaries.</summary>
    public static string Cut(SampleFileDigest file) => file.UnreadSheets.Count > 0
        ? $"没有读的工作表：{string.Join("、", file.UnreadSheets)}（用 sheet 写明要看哪一个，其余的另列为样本）"
        : "行数超过上限，只读了前面的行";

    /// <exception cref="UnableException">None, or more than one.</exception>
    public static (FileTree Tree, string Name) OnlyFile(this CryptoSample sample)
    {
        var files = SampleFiles.Of(sample, MaxFiles);
        return files.Names.Count == 1
            ? (files.Tree, files.Names[0])
            : throw new UnableException(FailureKind.BadInput, $"{sample.DisplayName} 里有 {files.Names.Count} 个文件；应为一个表格文件（CSV、JSON、.xlsx 或 INSERT 转储）");
    }

    public static SampleFileDigest Digest(this CryptoSample sample, FileTree tree, string name, CancellationToken cancellationToken)
    {
        using var stream = tree.OpenRead(name);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (sm3, buffer, bytes) = (new Sm3(), new byte[1 << 16], 0L);
        for (int read; (read = stream.Read(buffer)) > 0; bytes += read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sha.AppendData(buffer, 0, read);
            sm3.Append(buffer.AsSpan(0, read));
        }

        return new SampleFileDigest { File = name, Bytes = bytes, Sm3 = Convert.ToHexStringLower(sm3.GetHashAndReset()), Sha256 = Convert.ToHexStringLower(sha.GetHashAndReset()), UnreadSheets = TableFile.UnreadSheets(tree, name, sample.Options()) };
    }

    /// <summary>The column a setting names; without it the first whose name is one of those people give such columns; -1 for none.</summary>
    public static int Column(this Table table, string? named, params IReadOnlyList<string> usual) => named is not null
        ? table.Require(named)
        : usual.Select(table.Find).Append(-1).FirstOrDefault(i => i >= 0, -1);
}
