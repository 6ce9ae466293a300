using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>A question to the candidate's implementation and, where there is one, its answer. Fields are text; bytes are hexadecimal or base64.</summary>
internal sealed class AlgorithmCase(IReadOnlyDictionary<string, string> fields)
{
    public string Id => Text("id") ?? "";

    /// <summary>Such as <c>sm4-cbc-encrypt</c>, in lower case.</summary>
    public string Operation => (Text("algorithm") ?? "").ToLowerInvariant();

    public string? Text(string name) => fields.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <exception cref="CaseUnusableException">Missing, or neither hexadecimal nor base64.</exception>
    public byte[] Bytes(string name) => Has(name) ? Optional(name)! : throw new CaseUnusableException($"缺少 {name}");

    /// <summary>Null where the field is absent; empty where it is there and empty.</summary>
    public byte[]? Optional(string name) => !fields.TryGetValue(name, out var value) ? null
        : value.Length == 0 ? [] : SignatureText.Decode(value, out _) ?? throw new CaseUnusableException($"{name} 不是十六进制或 base64");

    public bool Has(string name) => fields.ContainsKey(name);

    /// <summary>The identification hashed: given as text; the default one where the field is absent.</summary>
    public byte[]? UserId => Text("userId") is { } id ? Encoding.UTF8.GetBytes(id) : null;

    public AlgorithmCase WithAnswer(AlgorithmCase answer)
    {
        var all = fields.Where(f => f.Key is not ("output" or "tag")).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        foreach (var name in new[] { "output", "tag" })
        {
            if (answer.Text(name) is { } value)
            {
                all[name] = value;
            }
        }

        return new AlgorithmCase(all);
    }
}

/// <summary>The case cannot be judged; the message says why.</summary>
internal sealed class CaseUnusableException(string message) : Exception(message);

/// <summary>How an answer compares.</summary>
/// <param name="IsRight">As the standards have it.</param>
/// <param name="Deviation">What the answer is instead, for people; null where nothing known fits.</param>
internal sealed record CaseOutcome(bool IsRight, string? Deviation = null)
{
    public static CaseOutcome Right { get; } = new(true);

    public static CaseOutcome Wrong(string? deviation) => new(false, deviation);
}
