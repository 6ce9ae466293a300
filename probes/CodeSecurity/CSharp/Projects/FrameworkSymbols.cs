using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What the SDK defines without being asked: symbols of a target framework and namespaces in use everywhere.</summary>
internal static class FrameworkSymbols
{
    private const int OldestOfNewLine = 5;
    private const int NewestOfNewLine = 15;

    private static readonly string[] Core = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    /// <param name="framework">net8.0, net8.0-windows, net48, netstandard2.0, netcoreapp3.1.</param>
    public static IReadOnlyList<string> Of(string framework)
    {
        var name = framework.Split('-')[0].ToLowerInvariant();
        var symbols = new List<string> { "TRACE", name.Replace('.', '_').ToUpperInvariant() };
        if (name.StartsWith("netstandard", StringComparison.Ordinal))
        {
            symbols.Add("NETSTANDARD");
        }
        else if (name.StartsWith("netcoreapp", StringComparison.Ordinal))
        {
            symbols.AddRange(["NETCOREAPP", name.Replace('.', '_').ToUpperInvariant() + "_OR_GREATER"]);
        }
        else if (name.StartsWith("net", StringComparison.Ordinal) && name.Contains('.', StringComparison.Ordinal) && int.TryParse(name[3..].Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major))
        {
            symbols.AddRange(["NET", "NETCOREAPP", "NETCOREAPP3_1_OR_GREATER"]);
            symbols.AddRange(Enumerable.Range(OldestOfNewLine, Math.Max(0, Math.Min(major, NewestOfNewLine) - OldestOfNewLine + 1)).Select(v => string.Create(CultureInfo.InvariantCulture, $"NET{v}_0_OR_GREATER")));
        }
        else
        {
            symbols.Add("NETFRAMEWORK");
        }

        return symbols;
    }

    public static IReadOnlyList<string> ImplicitUsings(string sdk) => sdk.Split('/')[0] switch
    {
        "Microsoft.NET.Sdk.Web" =>
        [
            .. Core, "System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing",
            "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
        ],
        "Microsoft.NET.Sdk.Worker" => [.. Core, "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging"],
        _ => Core,
    };
}
