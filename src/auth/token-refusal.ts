/** Why a token whose signature is good is refused all the same; the message may be told to its bearer. */
export class TokenRefusal extends Error {
  override readonly name = 'TokenRefusal';
}
