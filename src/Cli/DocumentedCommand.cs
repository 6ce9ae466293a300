using System.CommandLine;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>A command whose help ends with examples.</summary>
internal class DocumentedCommand(string name, string description, params IReadOnlyList<(string Line, string Means)> examples) : Command(name, description)
{
    public IReadOnlyList<(string Line, string Means)> Examples { get; } = examples;

    /// <summary>More tables of the help, each under its title.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<(string Left, string Right)> Rows)> Tables { get; set; } = [];
}
