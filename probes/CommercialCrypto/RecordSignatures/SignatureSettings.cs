using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>What the owner said of how the records were signed.</summary>
internal sealed record SignatureSettings
{
    private const int MostNamed = 100;
    private const int KeyFileCap = 64 * 1024;

    /// <summary>Columns whose values are signed, in their order; empty where the signature carries its content.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>Columns the owner says need no signature.</summary>
    public IReadOnlyList<string> Spared { get; init; } = [];

    public required string Join { get; init; }

    /// <summary>Each value with its name and an equals sign before it.</summary>
    public required bool IsPairs { get; init; }

    /// <summary>Null where the sample is files with signatures beside them.</summary>
    public required string? Signature { get; init; }

    public required string? KeyColumn { get; init; }

    public required string? TimeColumn { get; init; }

    /// <summary>Of the text that was signed.</summary>
    public required Encoding Encoding { get; init; }

    /// <summary>Null where none was declared.</summary>
    public required byte[]? UserId { get; init; }

    /// <summary>Null where the keys stand in the records or signatures.</summary>
    public required SignerKey? Key { get; init; }

    /// <summary>Every column the reader must find.</summary>
    public IReadOnlyList<string> Columns => [.. Data, .. new[] { Signature, KeyColumn, TimeColumn }.OfType<string>()];

    /// <summary>Those of a table that are neither signed, nor part of signing, nor spared by the owner.</summary>
    /// <param name="met">All of them.</param>
    public IReadOnlyList<string> Uncovered(IEnumerable<string> met)
    {
        // Of a path in JSON, the object at the top.
        var known = Data.Concat(Spared).Concat(new[] { Signature, KeyColumn }.OfType<string>()).SelectMany(c => new[] { c, c.Split('.')[0] }).ToHashSet(StringComparer.Ordinal);
        return [.. met.Where(m => m.Length > 0 && !known.Contains(m)).Order(StringComparer.Ordinal).Take(MostNamed)];
    }

    /// <exception cref="UnableException">A setting that cannot be used.</exception>
    public static SignatureSettings Of(CryptoSample sample)
    {
        string? Text(string name) => sample.Settings.GetValueOrDefault(name);
        var id = Text("userId");
        if (id is not null && Encoding.UTF8.GetByteCount(id) > Sm2.MaxUserIdBytes)
        {
            throw new UnableException(FailureKind.BadInput, $"userId 超过 {Sm2.MaxUserIdBytes} 字节");
        }

        return new SignatureSettings
        {
            Data = [.. (Text("data") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            Spared = [.. (Text("uncovered") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            Join = (Text("join") ?? "").Replace("\\t", "\t", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal),
            IsPairs = Text("layout") == "pairs",
            Signature = Text("signature"),
            KeyColumn = Text("keyColumn"),
            TimeColumn = Text("time"),
            Encoding = Text("encoding") == "gbk" ? SignedRowReader.Gbk : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            UserId = id is null ? null : Encoding.UTF8.GetBytes(id),
            Key = Text("key") is { } path ? ReadKey(path) : null,
        };
    }

    /// <summary>The bytes the values stand for.</summary>
    /// <param name="values">Of <see cref="Data"/>, in that order.</param>
    public byte[] Message(ReadOnlySpan<string?> values)
    {
        var text = new StringBuilder();
        for (var i = 0; i < values.Length; i++)
        {
            text.Append(i > 0 ? Join : "").Append(IsPairs ? Data[i] + "=" : "").Append(values[i]);
        }

        return Encoding.GetBytes(text.ToString());
    }

    private static SignerKey ReadKey(string path)
    {
        var tree = FileTree.At(path);
        var name = tree.List(1, out _)[0];
        var bytes = tree.Read(name, KeyFileCap);
        return SignerKey.TryRead(bytes, out var problem) ?? throw new UnableException(FailureKind.BadInput, $"key 指向的 {name} 不能用：{problem}");
    }
}
