namespace SmartCity.SecurityCheck.Model;

/// <summary>What every file of rule data says of itself.</summary>
/// <param name="Id">Unique in the rules folder.</param>
/// <param name="Version">Of the file.</param>
/// <param name="Title">For people.</param>
/// <param name="Source">Where its numbers were taken from.</param>
/// <param name="Confidence">Of everything in it that does not say otherwise.</param>
/// <param name="File">Path below the rulesets folder.</param>
/// <param name="Sha256">Of the file's bytes; 64 lower-case hexadecimal digits.</param>
public sealed record RuleFile(string Id, string Version, string Title, string Source, BasisConfidence Confidence, string File, string Sha256);
