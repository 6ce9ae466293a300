namespace SmartCity.SecurityCheck.Model;

/// <summary>A row of a register of products and the objects it backs.</summary>
/// <param name="Register">Id of the target.</param>
/// <param name="Row">From 1.</param>
/// <param name="Name">Of the product.</param>
/// <param name="Certificate">Its number; null where none is written.</param>
/// <param name="IsStated">The row itself names its objects; otherwise they are all at which the register is listed.</param>
/// <param name="Uses">Empty where it backs none that is known.</param>
public sealed record ProductLink(string Register, long Row, string Name, string? Certificate, bool IsStated, IReadOnlyList<ProductUse> Uses);

/// <param name="ObjectId">Of <c>cryptoObjects:</c>.</param>
/// <param name="Title">For people.</param>
/// <param name="Controls">Units it is an object of.</param>
public sealed record ProductUse(string ObjectId, string Title, IReadOnlyList<string> Controls);
