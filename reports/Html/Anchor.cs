using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reports.Html;

/// <summary>Ids of places in the page; letters, digits, hyphens, dots and underscores only, and distinct for distinct things.</summary>
internal static class Anchor
{
    public const string Crypto = "crypto-assets";

    public static string Requirement(string id) => "requirement." + Escape(id);

    public static string Judgement(Judgement judgement) => Judgement(judgement.RequirementId, judgement.TargetId);

    public static string Judgement(string requirementId, string targetId) => $"judgement.{Escape(requirementId)}.{Escape(targetId)}";

    public static string Clause(string id) => "clause." + Escape(id);

    public static string Evidence(string id) => "evidence." + Escape(id);

    public static string Waiver(string id) => "waiver." + Escape(id);

    public static string Attestation(string id) => "attestation." + Escape(id);

    public static string Finding(int number) => $"finding.{number}";

    public static string Inspection(string targetId) => "inspection." + Escape(targetId);

    public static string Target(Pillar pillar, string targetId) => $"target.{pillar.Id()}.{Escape(targetId)}";

    public static string Assessment(string catalogue) => "assessment." + Escape(catalogue);

    public static string Control(string key) => "control." + Escape(key);

    public static string Pillar(Pillar pillar) => "pillar." + pillar.Id();

    /// <summary>Path of a file of the pack as a relative address that cannot be read as anything else; null where it leaves the pack.</summary>
    public static string? PackFile(string relativePath)
    {
        var segments = relativePath.Split('/');
        return segments.Any(s => s is "" or "." or ".." || s.Contains('\\', StringComparison.Ordinal))
            ? null
            : "./" + string.Join('/', segments.Select(Uri.EscapeDataString));
    }

    private static string Escape(string id)
    {
        var escaped = new StringBuilder(id.Length);
        foreach (var character in id)
        {
            if (char.IsAsciiLetterOrDigit(character) || character == '-')
            {
                escaped.Append(character);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"_{(int)character:X4}");
            }
        }

        return escaped.ToString();
    }
}
