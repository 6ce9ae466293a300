namespace SmartCity.SecurityCheck.Model;

/// <summary>数据流规则 · which weaknesses a flow of foreign input can be, and what the methods of libraries do with values.</summary>
public sealed record FlowTable
{
    public required RuleFile File { get; init; }

    public required IReadOnlyList<FlowWeakness> Weaknesses { get; init; }

    public required IReadOnlyList<FlowType> Types { get; init; }

    /// <summary>What weaknesses, of whichever table, mean for who owns a system.</summary>
    public IReadOnlyList<FlowMeaning> Meanings { get; init; } = [];

    /// <summary>入口 · methods that a container calls with foreign input.</summary>
    public IReadOnlyList<CodeEntry> Entries { get; init; } = [];

    /// <summary>应答 · methods without a body whose answers are foreign.</summary>
    public IReadOnlyList<CodeAnswer> Answers { get; init; } = [];

    /// <summary>What a container hands over of its own: full names of types, or with a star behind of everything that begins so; for entries of all tables.</summary>
    public IReadOnlyList<string> OwnTypes { get; init; } = [];

    /// <summary>What is special of parameters by their annotations; for entries of all tables.</summary>
    public IReadOnlyList<CodeInput> Inputs { get; init; } = [];

    /// <summary>Annotations of parameters that are the container's own.</summary>
    public IReadOnlyList<string> OwnAnnotations { get; init; } = [];
}

/// <summary>A weakness in the words of people who do not program.</summary>
/// <param name="Weakness">Its id.</param>
/// <param name="Says">What can come of it.</param>
/// <param name="Limits">What of it is not recognised, or reported without being one; null where there is nothing to say beyond what holds for all.</param>
public sealed record FlowMeaning(string Weakness, string Says, string? Limits);

/// <summary>One kind of weakness.</summary>
/// <param name="Id">By which sinks and cleaners name it.</param>
/// <param name="Rule">Number in reports.</param>
/// <param name="Cwe">Number of the weakness.</param>
/// <param name="Title">For people.</param>
/// <param name="Class">What kind of trouble it is.</param>
/// <param name="Severity">How bad where it is true.</param>
/// <param name="Remedy">How to mend it.</param>
/// <param name="Bad">Programs in which it is found.</param>
/// <param name="Good">Programs in which it is not.</param>
/// <param name="From">Sources it is told of: those of at least this trust.</param>
/// <param name="Sure">Of weaker sources it is told with low confidence only.</param>
public sealed record FlowWeakness(string Id, string Rule, int Cwe, string Title, WeaknessClass Class, Severity Severity, string Remedy, IReadOnlyList<string> Bad, IReadOnlyList<string> Good, FlowTrust From = FlowTrust.Stored, FlowTrust Sure = FlowTrust.Stored)
{
    /// <summary>Every sink of this other weakness is one of this too; null where it has only its own.</summary>
    public string? Rides { get; init; }

    /// <summary>Only sources that name it lead to it, not foreign input of any kind; so it is where it rides.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Where the method calls something whose name matches this, it has seen to it (where the place alone is enough: anywhere in the type); null where no name says so.</summary>
    public string? CheckedBy { get; init; }

    /// <summary>A check that lets through a text this matches, alone or among others, does not help against it; null where every list of texts helps.</summary>
    public string? SpoiltBy { get; init; }

    /// <summary>Words of which one stands in the names around a place where it matters; elsewhere it is for information. Null where it always matters.</summary>
    public NameWords? MeansWhere { get; init; }

    /// <summary>What is to be said of it where no name says that it matters; null where there is nothing.</summary>
    public string? Elsewhere { get; init; }

    /// <summary>Of what is one segment of an address it is told with low confidence only, and this is said; null where such input is like any other.</summary>
    public string? OfSegments { get; init; }

    /// <summary>As above, of what is the address of a request.</summary>
    public string? OfAddresses { get; init; }

    /// <summary>As above, of what is one line.</summary>
    public string? OfLines { get; init; }

    /// <summary>Circumstances under which it is told with low confidence only, and what is then said.</summary>
    public IReadOnlyDictionary<FlowCircumstance, string> Doubts { get; init; } = new Dictionary<FlowCircumstance, string>();

    /// <summary>What is to be said of it where what does harm was stored first; null for what holds of all.</summary>
    public string? OfStored { get; init; }

    /// <summary>Whether it does harm depends on what is not in the code: it is told with low confidence only.</summary>
    public bool IsUnsure { get; init; }

    /// <summary>Places of a file that are told by no way are one defect: it is told at the first of them and names the others.</summary>
    public bool Joins { get; init; }

    /// <summary>Many places of a file are told as one.</summary>
    public bool OncePerFile { get; init; }
}

/// <summary>A type of a library.</summary>
/// <param name="Name">Full name, with dots; of packages <c>jakarta</c> as <c>javax</c>.</param>
/// <param name="Above">Types whose methods it has too.</param>
/// <param name="IsInert">Its values carry no text: numbers, dates, enumerations.</param>
/// <param name="Methods">Those of which something is known.</param>
public sealed record FlowType(string Name, IReadOnlyList<string> Above, bool IsInert, IReadOnlyList<FlowMethod> Methods)
{
    /// <summary>Texts and truths of its public constants by name.</summary>
    public IReadOnlyDictionary<string, string> Constants { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>What a call settles for the object it is called on, or that it makes. A part holds where everything said of the arguments is so, and no longer holds where the first is so and the second is not.</summary>
/// <param name="Part">Name; sinks ask for it by <see cref="FlowMethod.Unless"/>.</param>
/// <param name="First">Expression the constant that is the first argument must match; null where it does not matter.</param>
/// <param name="Second">As <paramref name="First"/>, of the second argument.</param>
/// <param name="Type">Full name of a type one of the arguments must be of or below; null where it does not matter.</param>
public sealed record FlowNote(string Part, string? First, string? Second, string? Type);

/// <summary>The version in which a library stopped being dangerous by itself.</summary>
/// <param name="Package">As its ecosystem writes it: <c>group:artifact</c> of Maven.</param>
/// <param name="Version">The first that is not dangerous.</param>
/// <param name="Off">Expression of what, written somewhere in programs or settings of a tree (<c>key=value</c>), makes older ones harmless too; null where nothing does.</param>
public sealed record PackageLimit(string Package, string Version, string? Off);

/// <summary>What is known of methods of one type.</summary>
public sealed record FlowMethod
{
    /// <summary>Names; <c>new</c> is a constructor.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Only with so many arguments; null for any.</summary>
    public int? Arguments { get; init; }

    /// <summary>What comes out of it is foreign: where from, for people; null where it is not.</summary>
    public string? Source { get; init; }

    /// <summary>Of a source: the only weaknesses that what comes out can lead to; empty where it can lead to all that are not closed.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Of a source: closed weaknesses it leads to besides.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];
    /// <summary>Of a source: it is one segment of an address.</summary>
    public bool IsSegment { get; init; }

    /// <summary>Of a source: what is special of what comes out.</summary>
    public InputForm Form { get; init; }

    /// <summary>Who can choose what comes out.</summary>
    public FlowTrust Trust { get; init; } = FlowTrust.Remote;

    /// <summary>What is foreign is put into this argument, counted from 0, and not returned; null where it is returned.</summary>
    public int? Into { get; init; }

    /// <summary>It is no method but a static field.</summary>
    public bool IsField { get; init; }

    /// <summary>Type of what it returns; null where nobody needs it.</summary>
    public string? Returns { get; init; }

    /// <summary>Weakness, where foreign values come in; null where none.</summary>
    public string? Sink { get; init; }

    /// <summary>Arguments that matter, counted from 0, −1 for the receiver; empty for all of them.</summary>
    public IReadOnlyList<int> At { get; init; } = [];

    /// <summary>The sink is one by the constant that stands in <see cref="At"/>, not by where it comes from; null where it is not.</summary>
    public string? Matches { get; init; }

    /// <summary>Of a check: what <see cref="Matches"/> finds does not count where this finds something too; null where all of it counts.</summary>
    public string? Except { get; init; }

    /// <summary>The sink is one wherever the method is called.</summary>
    public bool Always { get; init; }

    /// <summary>Weaknesses that what comes out cannot lead to any more; <c>*</c> for all.</summary>
    public IReadOnlyList<string> Cleans { get; init; } = [];

    /// <summary>Weaknesses that what comes out can lead to again, however clean it went in: a decoder brings back what a form could not hold.</summary>
    public IReadOnlyList<string> Soils { get; init; } = [];

    /// <summary>Where values go: <c>0>return</c>, <c>this>return</c>, <c>0>this</c>; empty where the ordinary holds, which is everything to what is returned.</summary>
    public IReadOnlyList<string> Flow { get; init; } = [];

    /// <summary>Nothing goes anywhere.</summary>
    public bool IsInert { get; init; }

    /// <summary>A behaviour of containers that the engine knows by this name; null where none.</summary>
    public string? Acts { get; init; }

    /// <summary>What it settles for its object.</summary>
    public IReadOnlyList<FlowNote> Notes { get; init; } = [];

    /// <summary>It is no sink where these parts of its object are settled: alternatives, each of parts that hold together; empty where it always is one.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Unless { get; init; } = [];

    /// <summary>It is a sink only where this part of its object is settled; null where it always is one.</summary>
    public string? With { get; init; }

    /// <summary>It runs a program: where that is a constant and no interpreter of commands, arguments that stand apart are no commands.</summary>
    public bool FixedProgram { get; init; }

    /// <summary>Where it is true of an argument, that argument is no longer dangerous for these; <c>*</c> for all.</summary>
    public IReadOnlyList<string> Guards { get; init; } = [];

    /// <summary>As <see cref="Guards"/>, where it is false.</summary>
    public IReadOnlyList<string> GuardsNot { get; init; } = [];

    /// <summary>What the check is worth depends on what it compares with: it is believed, and told.</summary>
    public bool IsBelieved { get; init; }

    /// <summary>It is a sink below a version of a package only; null where the version does not matter.</summary>
    public PackageLimit? Until { get; init; }

    /// <summary>Which version of <see cref="Until"/> the tree is built with is not known, so that it may be no sink.</summary>
    public bool IsUnproven { get; init; }

    /// <summary>Also where the type of the receiver is not known.</summary>
    public bool AnyReceiver { get; init; }
}
