namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>Names inside a pack folder.</summary>
public static class PackLayout
{
    public const string Candidate = "candidate.yaml";
    public const string Run = "run.json";
    public const string Observations = "observations";
    public const string Evidence = "evidence";
    public const string Rulesets = "rulesets";
    /// <summary>Answers, the list of objects and attachments by their hash.</summary>
    public const string Protection = "protection";

    /// <summary>What people said after the run, and the files they attached by their hash.</summary>
    public const string Statements = "statements";

    public const string Judgement = "judgement.json";
    public const string Log = "run.log";
    public const string Manifest = "manifest.json";
    public const string ManifestSm3 = "manifest.sm3";
    public const string ManifestSignature = "manifest.sig";

    /// <summary>Lies in the folder from its first to its last moment as an unfinished pack.</summary>
    public const string Unfinished = "INCOMPLETE";

    public static bool IsSeal(string relativePath) => relativePath is Manifest or ManifestSm3 or ManifestSignature;
}
