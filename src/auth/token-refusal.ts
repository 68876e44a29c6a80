/** The reason why a token with a valid signature is refused; the caller can see the message. */
export class TokenRefusal extends Error {
  override readonly name = 'TokenRefusal';
}
