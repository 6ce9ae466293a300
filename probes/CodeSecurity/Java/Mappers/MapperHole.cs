namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A place of a statement where a value is put in as it is.</summary>
/// <param name="Path">From a parameter of the statement to the value: names with dots between, <c>[]</c> for an element.</param>
/// <param name="Place">Of the sign in the mapper.</param>
internal sealed record MapperHole(string Path, CodePlace Place);

/// <summary>A piece that stands for itself in a statement.</summary>
/// <param name="RefId">As it is written, with or without a namespace.</param>
/// <param name="Properties">What <c>${name}</c> of the piece is replaced by before the statement is made.</param>
/// <param name="Names">What names mean where it stands, the outermost first.</param>
internal sealed record MapperInclude(string RefId, IReadOnlyDictionary<string, string> Properties, IReadOnlyList<MapperName> Names);

/// <summary>A name that stands for something else in a part of a statement.</summary>
/// <param name="Name">Of a <c>bind</c>, or the element of a <c>foreach</c>.</param>
/// <param name="Paths">What it may be; empty where it is nothing anybody gave.</param>
internal sealed record MapperName(string Name, IReadOnlyList<string> Paths)
{
    /// <summary>Paths that begin with one of the names, by what that name means; the innermost counts.</summary>
    public static IEnumerable<string> Meant(string path, IReadOnlyList<MapperName> names)
    {
        var cut = path.IndexOf('.', StringComparison.Ordinal);
        var (root, rest) = cut < 0 ? (path, string.Empty) : (path[..cut], path[cut..]);
        for (var i = names.Count - 1; i >= 0; i--)
        {
            if (names[i].Name == root)
            {
                return names[i].Paths.Select(p => p + rest);
            }
        }

        return [path];
    }
}

/// <summary>A statement or a piece of one, as it is written.</summary>
internal sealed class MapperText
{
    public List<MapperHole> Holes { get; } = [];

    public List<MapperInclude> Includes { get; } = [];

    /// <summary>Something of it was not read.</summary>
    public bool IsCut { get; set; }
}
