using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// What names a defect from run to run: SM3 over its kind, its file, its line of code as it may be shown, and how many equal ones stand before it.
/// No number of a line goes in, and nothing that stands elsewhere in the file: lines that come or go around it leave it what it is. One of these
/// numbers the defects of one file, or of one tree, in order of the text.
/// </summary>
internal sealed class DefectFingerprints
{
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    /// <param name="kind">The rule of an engine of ours; where several engines speak of one defect, the weakness they agree on.</param>
    /// <param name="file">Relative to the tree.</param>
    /// <param name="line">Secrets blackened: over the line as it stands a short password could be guessed. White space does not count.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public string Next(string kind, string file, string line)
    {
        var content = $"{kind}\n{file}\n{Normal(line)}";
        var ordinal = _seen[content] = _seen.GetValueOrDefault(content) + 1;
        return Convert.ToHexStringLower(Sm3.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{content}\n{ordinal}"))));
    }

    /// <summary>A line as lines are compared.</summary>
    public static string Normal(string line) => string.Concat(line.Where(c => !char.IsWhiteSpace(c)));
}
