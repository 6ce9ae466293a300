using System.Text.Json.Serialization;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>One request of a sender, and what was answered.</summary>
public sealed record ReceivedTransfer
{
    public required DateTimeOffset At { get; init; }

    /// <summary>请求号 · empty where the sender gave none.</summary>
    public required string ReqId { get; init; }

    /// <summary><c>body</c> or <c>url</c>; null where nothing came.</summary>
    public string? How { get; init; }

    /// <summary>Of the package.</summary>
    public long Bytes { get; init; }

    /// <summary>Hexadecimal, of the package as it came; null where it did not come.</summary>
    public string? Sm3 { get; init; }

    public string? Sha256 { get; init; }

    /// <summary>摘要算法 · the one the sender's digest turned out to be made with, else the one it named; null where none was given.</summary>
    public string? DigestAlgorithm { get; init; }

    /// <summary>Null where no digest or no package came.</summary>
    public bool? DigestMatches { get; init; }

    public required bool HadToken { get; init; }

    /// <summary>The same request number came before.</summary>
    public required bool IsRepeated { get; init; }

    [JsonConverter(typeof(JsonStringEnumConverter<TransferOutcome>))]
    public required TransferOutcome Outcome { get; init; }

    /// <summary>For people.</summary>
    public required string Reason { get; init; }
}

/// <summary>What a request came to.</summary>
public enum TransferOutcome
{
    /// <summary>接收.</summary>
    Accepted,

    /// <summary>The same package had been accepted under this number; the first receipt is given again.</summary>
    AlreadyAccepted,

    /// <summary>退回.</summary>
    Returned,

    /// <summary>The number stands for another package.</summary>
    Conflict,

    /// <summary>No token, a wrong one, or one that is played as run out.</summary>
    Unauthorized,

    /// <summary>The request is not of the form the interface has.</summary>
    Malformed,

    /// <summary>Never answered.</summary>
    Silent,

    /// <summary>The receiver itself failed; it says nothing of the sender.</summary>
    OwnTrouble,
}
