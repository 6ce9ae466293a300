using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What was planted where; stays with the evaluator and is not shown to the system under test.</summary>
public sealed record EfficacyKey
{
    public const string FormatName = "securitycheck-archive-defects/1";
    private const int SizeCap = 16 * 1024 * 1024;
    private const int MostSets = 10_000;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 8 };

    public required string Format { get; init; }

    public required DateOnly WrittenOn { get; init; }

    public required string Profile { get; init; }

    /// <summary>Whoever knows it can write the same sets again.</summary>
    public required string Seed { get; init; }

    public required IReadOnlyList<EfficacySet> Sets { get; init; }

    /// <exception cref="InvalidDataException">No key.</exception>
    public static EfficacyKey Read(string path)
    {
        try
        {
            var key = JsonSerializer.Deserialize<EfficacyKey>(RegularFile.Read(path, SizeCap), Options);
            return key is { Format: FormatName, Sets.Count: > 0 and <= MostSets } && key.Sets.DistinctBy(s => s.Name, StringComparer.Ordinal).Count() == key.Sets.Count
                ? key
                : throw new InvalidDataException("这不是植入清单：应由 securitycheck archive defects make 写成");
        }
        catch (Exception broken) when (broken is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"植入清单读不了：{broken.Message}", broken);
        }
    }

    public byte[] ToFile() => JsonSerializer.SerializeToUtf8Bytes(this, Options);
}

/// <summary>One batch that was written.</summary>
/// <param name="Name">Of its folder; says nothing of what is in it.</param>
/// <param name="Defect">Such as P14; null for a clean one.</param>
/// <param name="Title">Of the defect, for people; of a clean one what is special about it.</param>
/// <param name="Item">Item of DA/T 70 the defect belongs to, such as 1-9; null for a clean one.</param>
/// <param name="Companions">Other items that may rightly be named for it.</param>
/// <param name="Sm3">Of all its files, names and contents, as written.</param>
public sealed record EfficacySet(string Name, string? Defect, string Title, string? Item, IReadOnlyList<string> Companions, string Sm3)
{
    /// <summary>真实性, 完整性, 可用性 or 安全性; null for a clean one.</summary>
    public string? Nature => Item is null ? null : NatureOf(Item);

    internal static string NatureOf(string item) => item.Split('-')[0] switch { "1" => "真实性", "2" => "完整性", "3" => "可用性", _ => "安全性" };

    internal static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"批次{number:D3}");
}
