using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What nginx is started with.</summary>
/// <param name="Main">Its configuration; null for the usual one.</param>
/// <param name="Directives">Of -g, at the top of the configuration.</param>
internal sealed partial record NginxStart(string? Main, IReadOnlyList<ConfigLine> Directives)
{
    private static readonly StartedServer Server = new("nginx", ["nginx", "openresty", "tengine"], Units(), [], []);

    /// <exception cref="UnableException">A start is not understood.</exception>
    public static IReadOnlyList<NginxStart> Of(HostSnapshot snapshot) => [.. ServiceStart.Of(snapshot, Server).Where(s => s.Program.Length > 0).Select(One)];

    private static NginxStart One(ServiceStart start)
    {
        var (main, directives) = (default(string), new List<ConfigLine>());
        for (var i = 0; i < start.Words.Count; i++)
        {
            var (text, line) = start.Words[i];
            var value = i + 1 < start.Words.Count ? start.Words[i + 1].Text : "";
            switch (text)
            {
                case "-q" or "-t":
                    break;
                case "-c" when value.StartsWith('/'):
                    (main, i) = (value, i + 1);
                    break;
                case "-g" when value.Length > 0:
                    directives.Add(line with { Text = value.TrimEnd().EndsWith(';') ? value : $"{value};" });
                    i++;
                    break;
                case "-e" when value.Length > 0 && !NullDevice.Is(value):
                    i++;
                    break;
                default:
                    throw start.Odd(line, text);
            }
        }

        return new NginxStart(main, directives);
    }

    [GeneratedRegex("^(nginx|openresty|tengine)(@.*)?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Units();
}
