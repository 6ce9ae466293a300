namespace SmartCity.SecurityCheck.Model;

/// <summary>Who can choose what comes out of a source.</summary>
public enum FlowTrust
{
    /// <summary>Who runs the system: environment, settings, command line, console, files of the machine.</summary>
    Local,

    /// <summary>What was put away or comes from a system of the same owner: database, cache, queue, answer of another service. Whether a stranger chose it is not seen here.</summary>
    Stored,

    /// <summary>A stranger: request, socket, upload.</summary>
    Remote,
}

/// <summary>Methods that a container calls with foreign input. All conditions that are written must hold; at least one is.</summary>
public sealed record CodeEntry
{
    /// <summary>What the input is, for people.</summary>
    public required string Kind { get; init; }

    public FlowTrust Trust { get; init; } = FlowTrust.Remote;

    /// <summary>One of these annotations stands on the method; full names, <c>jakarta</c> as <c>javax</c>. Annotations of the tree that carry one of them count as it.</summary>
    public IReadOnlyList<string> Annotated { get; init; } = [];

    /// <summary>The annotations stand on the method of a type above that it implements, and not on itself.</summary>
    public bool IsAbove { get; init; }

    /// <summary>One of these annotations stands on its type or one above.</summary>
    public IReadOnlyList<string> OnType { get; init; } = [];

    /// <summary>Its type is below one of these; a star in front stands for any beginning.</summary>
    public IReadOnlyList<string> Below { get; init; } = [];

    /// <summary>Its name is one of these.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <summary>It is public.</summary>
    public bool IsPublic { get; init; }

    /// <summary>It is static.</summary>
    public bool IsStatic { get; init; }

    /// <summary>Its parameters have these types, in order; empty for any.</summary>
    public IReadOnlyList<string> Takes { get; init; } = [];

    /// <summary>Only parameters with one of these annotations are foreign; empty for all but those of the container. <c>none</c> for none.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>Fields that the container fills: those with one of these annotations, or by <c>setters</c> all that have one and hold texts, collections or plain data.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>What it returns is a function, and that is what is called with foreign input; full names of types. Empty where it is the method itself.</summary>
    public IReadOnlyList<string> Hands { get; init; } = [];

    /// <summary>Programs in which input of this kind does harm.</summary>
    public required IReadOnlyList<string> Bad { get; init; }

    /// <summary>Programs in which nothing is found.</summary>
    public required IReadOnlyList<string> Good { get; init; }
}

/// <summary>What parameters of entries hold that carry one of these annotations.</summary>
/// <param name="Annotated">Full names of annotations.</param>
/// <param name="Kind">What the input is, for people; null where it is what the entry says.</param>
/// <param name="Cleans">Weaknesses it cannot lead to by its form: a header holds no end of a line.</param>
/// <param name="IsSegment">It is one segment of an address.</param>
/// <param name="Form">What else is special of it.</param>
public sealed record CodeInput(IReadOnlyList<string> Annotated, string? Kind, IReadOnlyList<string> Cleans, bool IsSegment = false, InputForm Form = InputForm.None);

/// <summary>Methods of the tree without a body whose answers are foreign: clients of other services, statements of a database. All conditions that are written must hold.</summary>
public sealed record CodeAnswer
{
    /// <summary>What comes out, for people.</summary>
    public required string Kind { get; init; }

    public FlowTrust Trust { get; init; } = FlowTrust.Stored;

    /// <summary>As of <see cref="CodeEntry"/>.</summary>
    public IReadOnlyList<string> Annotated { get; init; } = [];

    /// <summary>As of <see cref="CodeEntry"/>.</summary>
    public IReadOnlyList<string> OnType { get; init; } = [];

    /// <summary>As of <see cref="CodeEntry"/>.</summary>
    public IReadOnlyList<string> Below { get; init; } = [];

    /// <summary>It is a statement of MyBatis, in an annotation or in XML.</summary>
    public bool IsStatement { get; init; }

    public required IReadOnlyList<string> Bad { get; init; }

    public required IReadOnlyList<string> Good { get; init; }
}
