using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Where something was found.</summary>
/// <param name="File">Relative to the sample.</param>
/// <param name="Offset">Of its part, in bytes of the file.</param>
internal sealed record FoundAt(string File, long Offset)
{
    public override string ToString() => Offset == 0 ? File : $"{File}（偏移 {Offset} 字节）";
}

/// <summary>Something found; without a value where it is there and could not be read.</summary>
internal sealed record Found<T>(FoundAt At, T? Value)
    where T : class;

/// <summary>What the parts of all files turned out to be.</summary>
internal sealed class FoundParts
{
    public List<Found<CertificateDetails>> Certificates { get; } = [];

    public List<Found<CertificationRequest>> Requests { get; } = [];

    public List<Found<RevocationList>> Lists { get; } = [];

    public List<Found<KeyContainer>> Keys { get; } = [];

    public List<FileProblem> Problems { get; } = [];

    public List<string> Remarks { get; } = [];

    public List<string> OtherFiles { get; } = [];

    public bool IsWhole { get; set; } = true;

    /// <summary>Something is there that may be a key or anything else.</summary>
    public bool HasDoubt { get; set; }

    public int Count => Certificates.Count + Requests.Count + Lists.Count + Keys.Count;

    public void Trouble(FoundAt at, string what) => Problems.Add(new FileProblem(at.File, at.Offset, $"{at}：{what}"));

    /// <summary>Nothing is known of it, so that no rule over all keys holds, and nobody can say that everything was read.</summary>
    public void Doubt(FoundAt at, string why)
    {
        Remarks.Add($"{at}：{why}");
        Keys.Add(new Found<KeyContainer>(at, null));
        HasDoubt = true;
    }

    /// <summary>Nothing is known of the part, so that it may be any of the two that matter most.</summary>
    public void Unreadable(FoundAt at, string what)
    {
        Trouble(at, what);
        Certificates.Add(new Found<CertificateDetails>(at, null));
        Keys.Add(new Found<KeyContainer>(at, null));
    }
}
