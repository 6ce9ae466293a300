using System.CommandLine;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>A command whose help ends with examples.</summary>
internal class DocumentedCommand(string name, string description, params IReadOnlyList<(string Line, string Means)> examples) : Command(name, description)
{
    public IReadOnlyList<(string Line, string Means)> Examples { get; } = examples;
}
