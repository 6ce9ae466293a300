using System.ComponentModel;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>What a predicate is held against.</summary>
/// <param name="Data">The observation's record, or an element of one of its lists; null where there is no observation.</param>
/// <param name="Candidate">Facts of the candidate, reached as <c>candidate.FIELD</c>.</param>
/// <param name="Now">The run clock.</param>
public sealed record EvaluationScope(JsonElement? Data, JsonElement Candidate, DateTimeOffset Now)
{
    public const string CandidatePrefix = "candidate.";

    /// <summary>How the fields of <see cref="Data"/> are called in explanations.</summary>
    public IReadOnlyList<FieldLabel> Labels { get; init; } = [];

    /// <summary>What was compared, in the order of the rule; null where nobody wants to know.</summary>
    internal List<Reading>? Readings { get; init; }

    /// <summary>Prefix of field names inside list elements.</summary>
    internal string Within { get; init; } = "";

    /// <summary>The same for people: which element it is; empty outside lists.</summary>
    internal string WithinCalled { get; init; } = "";

    /// <summary>Facts rules may ask of a candidate; what the owner left out is missing.</summary>
    public static JsonElement FactsOf(Candidate candidate) => ObservationJson.ToElement(CandidateFacts.Of(candidate));

    internal FieldValue Find(string path) => path.StartsWith(CandidatePrefix, StringComparison.Ordinal)
        ? FieldValue.Find(Candidate, path[CandidatePrefix.Length..])
        : FieldValue.Find(Data, path);
}

/// <summary>The record behind <c>candidate.</c> fields.</summary>
public sealed record CandidateFacts
{
    internal static IReadOnlyList<FieldLabel> Labels { get; } = FieldLabel.Of(typeof(CandidateFacts));

    [DisplayName("系统类别")]
    public required string Kind { get; init; }

    [DisplayName("网络安全保护等级")]
    public Fact<int> ProtectionLevel { get; init; }

    [DisplayName("密码应用等级")]
    public Fact<int> CryptoLevel { get; init; }

    [DisplayName("部署方式")]
    public Fact<string> Deployment { get; init; }

    public static CandidateFacts Of(Candidate candidate) => new()
    {
        Kind = CandidateWords.Of(candidate.Kind),
        ProtectionLevel = candidate.ProtectionLevel is { } p ? p : default(Fact<int>),
        CryptoLevel = candidate.CryptoLevel is { } c ? c : default(Fact<int>),
        Deployment = candidate.Deployment is { } d ? CandidateWords.Of(d) : default(Fact<string>),
    };
}

/// <summary>The words of candidate.yaml for closed lists, also seen by rules.</summary>
public static class CandidateWords
{
    public static IReadOnlyList<(string Word, SystemKind Value)> Kinds { get; } =
    [
        ("government-service", SystemKind.GovernmentService), ("business-system", SystemKind.BusinessSystem),
        ("data-platform", SystemKind.DataPlatform), ("infrastructure", SystemKind.Infrastructure),
        ("website", SystemKind.Website), ("other", SystemKind.Other),
    ];

    public static IReadOnlyList<(string Word, Deployment Value)> Deployments { get; } =
    [
        ("own-room", Deployment.OwnRoom), ("government-cloud", Deployment.GovernmentCloud), ("mixed", Deployment.Mixed),
    ];

    public static string Of(SystemKind kind) => Kinds.First(k => k.Value == kind).Word;

    public static string Of(Deployment deployment) => Deployments.First(d => d.Value == deployment).Word;
}

/// <summary>A field as it was found: missing (not looked), null (looked, absent) or a value.</summary>
internal readonly record struct FieldValue(bool IsMissing, JsonElement Value)
{
    public static FieldValue Missing { get; } = new(true, default);

    public bool IsNull => !IsMissing && Value.ValueKind == JsonValueKind.Null;

    /// <summary>The elements where the field is a list; an absent one has none; null where it is something else or missing.</summary>
    public IReadOnlyList<JsonElement>? Elements => IsMissing ? null : Value.ValueKind switch
    {
        JsonValueKind.Array => [.. Value.EnumerateArray()],
        JsonValueKind.Null => [],
        _ => null,
    };

    public static FieldValue Find(JsonElement? root, string path)
    {
        if (root is not { } at || at.ValueKind == JsonValueKind.Undefined)
        {
            return Missing;
        }

        if (path == ".")
        {
            return new(false, at);
        }

        foreach (var name in path.Split('.'))
        {
            if (at.ValueKind == JsonValueKind.Null)
            {
                return new(false, at);
            }

            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return Missing;
            }
        }

        return new(false, at);
    }
}
